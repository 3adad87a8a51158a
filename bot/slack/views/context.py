"""For whom and where an answer is shown."""

from typing import NamedTuple


class ViewContext(NamedTuple):
    """How an answer is to look."""

    # how the person would ask again: "/halo", "@halo", or nothing in a direct message, where there is nobody to share
    # with
    command: str = "/halo"
    offset: int = 0  # the first result to show
    public: bool = False  # everyone sees it: briefly, and there is nothing to share or to dismiss
    banner: str = ""  # what a button just did, said in place of the feedback buttons
    in_modal: bool = False  # inside a window: its buttons belong to the window
    question: str = ""  # what its buttons ask again; the answer's own text when empty
