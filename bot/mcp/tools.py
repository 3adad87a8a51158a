"""The tools: what each takes, and how assistants are told what it is for."""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from bot.catalog.models import Impact
from bot.conversation import composed_questions as questions
from bot.conversation.answer_facts import one_line

_KEY = r"^\s*#?(?:\d{4,12}|ep\d{1,3}-\d{1,3}|(?:faq|guide)-[a-z0-9-]{1,60})\s*$"

_WRONG = {"missing": "is missing", "string_pattern_mismatch": "has another form"}  # what pydantic calls it; in words


def _text(limit: int, what: str, **rules: Any) -> Any:
    return Annotated[str, Field(max_length=limit, description=what, **rules)]


_RELEASE = _text(20, "a HaloPSA release such as v2.206, or latest")
_FIELDS: dict[str, tuple[Any, Any]] = {  # the arguments of all tools: type, limits and what to send; the default
    "query": (_text(500, "what is looked for, in a person's words: jira default status"), ""),
    "number": (_text(80, "the number of a change, 1016865, or a key such as ep15-07 or faq-sso", pattern=_KEY), ""),
    **dict.fromkeys(("version", "older", "newer", "installed"), (_RELEASE, "")),
    "wanted": (_text(20, "the release to upgrade to, such as v2.214; without it, the newest"), ""),
    "since": (_text(20, "a release such as v2.206: only changes of it and of later ones"), ""),
    "area": (_text(80, "an area of HaloPSA, such as billing: only changes of it"), ""),
    "impact": (Annotated[Impact | None, Field(description="only changes that do this to those who upgrade")], None),
    "only_highlights": (Annotated[bool, Field(description="true for only what the hosts called important")], False),
    "only_warnings": (Annotated[bool, Field(description="true for only what has to be tested first")], False),
    "offset": (Annotated[int, Field(ge=0, le=100_000, description="the next_offset of the page before")], 0),
}


class CatalogTool(NamedTuple):
    """A tool: what it is called and takes, and the question that it asks."""

    name: str
    title: str
    description: str
    fields: type[BaseModel]
    question: Callable[..., str]

    def read(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments, checked. Raises FieldError."""
        try:
            return self.fields.model_validate(arguments).model_dump()
        except ValidationError as error:
            raise questions.FieldError(" ".join(map(self._sentence, error.errors()[:5]))) from None

    def _sentence(self, error: Any) -> str:
        """What to send instead of an argument that is wrong; of what was sent, only a name is repeated."""
        name = one_line(str(error["loc"][0])[:60])
        if name not in self.fields.model_fields:
            return f"{self.name} takes no “{name}”; it takes {', '.join(self.fields.model_fields)}."
        wrong = _WRONG.get(error["type"]) or f"cannot be used ({one_line(error['msg'][:150])})"
        return f"{name} {wrong}. Send {self.fields.model_fields[name].description}."


def _tool(
    name: str, question: Callable[..., str], required: str, others: str, title: str, description: str
) -> CatalogTool:
    taken = {field: (_FIELDS[field][0], ...) for field in required.split()}
    taken |= {field: _FIELDS[field] for field in others.split()}
    model: Any = create_model(name, __config__=ConfigDict(extra="forbid"), **taken)  # type: ignore[call-overload]
    return CatalogTool(name, title, description, model, question)


TOOLS = (
    _tool("search_changes", questions.search_question,
          "", "query version since area impact only_highlights only_warnings offset", "Search HaloPSA changes",
          "Find what changed in HaloPSA (PSA and ITSM software) by words, release, area or impact. Use it for any "
          "question on a feature, setting, integration, fix or behaviour of HaloPSA: what it does, since when, whether "
          "a release has it. It says how sure the answer is, and that nothing is known where nothing is."),
    _tool("get_change", questions.entry_question, "number", "", "One HaloPSA change",
          "Everything about one change, FAQ answer or guide of HaloPSA, by its number or key."),
    _tool("list_version", questions.version_question, "version", "area offset", "Changes of a HaloPSA release",
          "All changes of one HaloPSA release, in pages, and those that may belong to it."),
    _tool("compare_versions", questions.comparison_question, "older newer", "offset",
          "Changes between two HaloPSA releases",
          "What came after one HaloPSA release, up to and including another, in pages. For what an upgrade does to "
          "those who upgrade, use upgrade_checklist."),
    _tool("upgrade_checklist", questions.upgrade_question, "installed", "wanted area", "HaloPSA upgrade checklist",
          "What upgrading HaloPSA does: what acts by itself, what to test first, what is fixed, new, or off until it "
          "is enabled. The whole list at once; an area makes it shorter."),
    _tool("whats_new", questions.news_question, "", "since area offset", "What is new in HaloPSA",
          "The newest HaloPSA release that is known, since when it is known, and its changes; or all since a release."),
)  # fmt: skip
