"""Pages in a process of their own, beside Slack: however many people open pages, no acknowledgement waits for one.

Threads would share the interpreter: a person's `/halo` took six times as long while pages were made in another thread.
The process begins with the first page, gives way to everything else, and ends with its parent, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.web.models import PageReply
    from bot.web.site import Site

NICENESS = 10  # of a scale to 19: pages get the processor when nobody else wants it
_sites: list[Site] = []  # of this process, when it is one for pages: one


class PagesProcess(ProcessPoolExecutor):
    """An executor of one process, which is ended where nobody waits for it any longer: a page may hang."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        running: dict[int, Any] = dict(getattr(self, "_processes", None) or {})  # before 3.14 there is no kill_workers
        super().shutdown(wait, cancel_futures=cancel_futures)
        if not wait:
            for process in running.values():
                process.kill()


def open_pages_process(settings: Settings) -> PagesProcess:
    """An executor for `get_page`; its process is started by the first one."""
    context = multiprocessing.get_context("spawn")
    return PagesProcess(1, context, initializer=_begin, initargs=(settings,))


def get_page(path: str, query: Mapping[str, str]) -> PageReply:
    """The reply to an address, in the process of pages."""
    return _sites[0].get(path, query)


def _begin(settings: Settings) -> None:
    from bot.app import Application, start_logging
    from bot.public_app import open_site

    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, and this process ends with it
    os.nice(NICENESS)
    start_logging(settings)
    _sites.append(open_site(Application(settings)))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(0)
