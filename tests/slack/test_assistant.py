"""Blocks for Slack's own assistant keep the rules that its documentation gives, whatever is answered."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.catalog.models import Entry, Episode, Mention, Seeds, Version
from bot.conversation.interpret import interpret
from bot.mcp.tools import TOOLS
from bot.playground.checks import check_blocks
from bot.search.lookups import about_facts
from bot.search.service import SearchService
from bot.slack.assistant import answer_blocks
from tests.search.conftest import bare_file, make_service, service

__all__ = ["bare_file", "make_service", "service"]

# https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses/: where one block breaks a rule, none is shown.
ALLOWED = set(
    "actions card carousel container context data_table data_visualization divider file header image input markdown "
    "rich_text section table video".split()
)
MAX_BLOCKS = 50
QUESTIONS = (
    "jira default status", "quickbooks", "portal", "#1016865", "#1016866", "pizza oven", "v2.214", "latest",
    "compare 2.206 2.214", "upgrade 2.206 2.216", "upgrade 2.206 2.214 area:sla", "area:billing", "all fixes",
    "which changes come with a warning", "1016865 794180 1028655",
)  # fmt: skip


def blocks_for(service: SearchService, question: str, offset: int = 0) -> list[dict[str, Any]]:
    """The blocks that a tool hands out beside the answer to a question."""
    with service.snapshot() as snapshot:
        return answer_blocks(interpret(snapshot, question, offset=offset), snapshot, about_facts)


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every button and menu, block by block."""
    for block in blocks:
        yield from block.get("elements", ()) if block["type"] == "actions" else ()
        yield from [block["accessory"]] if "accessory" in block else ()


def assert_rules(blocks: list[dict[str, Any]]) -> None:
    """That blocks keep Slack's rules, and call tools with arguments that the tools take."""
    check_blocks(blocks)
    assert len(blocks) <= MAX_BLOCKS
    assert {block["type"] for block in blocks} <= ALLOWED
    tools = {f"tool:{tool.name}": tool for tool in TOOLS}
    for element in elements(blocks):
        if element.get("url"):
            assert element["url"].startswith("https://")
            continue
        values = [option["value"] for option in element["options"]] if "options" in element else [element["value"]]
        for value in values:
            tools[element["action_id"]].read(json.loads(value))
    for block in blocks:
        ids = Counter(element["action_id"] for element in elements([block]))
        assert not [action_id for action_id, count in ids.items() if count > 1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_blocks_keep_the_rules(service, question):
    """Every page of an answer is of blocks that the assistant renders, in numbers that it takes, and each button or
    menu opens a public address or calls a tool.
    """
    for offset in (0, 20, 40):
        blocks = blocks_for(service, question, offset)
        assert blocks
        assert_rules(blocks)


def test_details_call_a_tool(service):
    """“Details” of a related change asks for that change, and the minute of the episode stays a link."""
    blocks = blocks_for(service, "jira default status")
    found = list(elements(blocks))
    calls = [json.loads(element["value"]) for element in found if element["action_id"] == "tool:get_change"]
    assert {"number": "1016865"} in calls
    assert len(calls) > 1
    assert [element["url"] for element in found if element.get("url")]
    menu = [element for element in elements(blocks_for(service, "v2.214")) if "options" in element]
    assert menu
    assert json.loads(menu[0]["options"][0]["value"])["number"].isdigit()


def test_no_blocks_where_words_say_it_all(service):
    """Help, thanks and what needs Slack's own commands have no blocks; their text is enough."""
    for question in ("help", "thanks", "subscribe billing", "the second one", "status"):
        assert blocks_for(service, question) == []


def test_hostile_texts_ping_nobody(make_service: Callable[..., SearchService]):
    """Mark-up in a change's texts is escaped, and an address that is not public is no button."""
    texts = "<!channel> <@U1> <https://evil.example.com|click> *bold* &amp;"
    service = make_service()
    entry = Entry("1016865", "feature", f"Jira {texts}", texts, Version(2, 206), mentions=(Mention(13, "6:08"),))
    service.catalog.load_seeds(Seeds((entry,), (Episode(13, url="javascript:alert(1)"),), signature="hostile"))
    blocks = blocks_for(service, "jira")
    assert_rules(blocks)
    shown = json.dumps(blocks, ensure_ascii=False)
    assert "<!channel>" not in shown
    assert "<@U1>" not in shown
    assert "<https://evil" not in shown
    assert not [element for element in elements(blocks) if element.get("url")]
