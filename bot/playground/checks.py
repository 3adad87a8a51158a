"""Checks whole messages and views against Slack's limits (limits.py). Blocks are checked in block_kit.py.

Each check returns, or raises the `ApiError` that Slack answers with.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground import limits
from bot.playground.block_kit import BlockCheck
from bot.playground.errors import ApiError
from bot.playground.model import Json

_HOME_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
_MODAL_KEYS = _HOME_KEYS | {"title", "submit", "close", "clear_on_close", "notify_on_close"}


def as_list(value: Any, code: str) -> list[Json]:
    """A list of objects, given as a list or as JSON text. Raises `code` when it is neither."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError(code) from None
    if not isinstance(value, list):
        raise ApiError(code)
    return value


def as_object(value: Any, code: str) -> Json:
    """An object, given as one or as JSON text. Raises `code` when it is neither."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise ApiError(code) from None
    if not isinstance(value, dict):
        raise ApiError(code)
    return value


def message_content(fields: Mapping[str, Any]) -> Json:
    """text, blocks, attachments and metadata of a message, each checked; those not given or empty are left out."""
    content: Json = {}
    if fields.get("text"):
        content["text"] = str(fields["text"])
        check_text(content["text"])
    if fields.get("blocks"):
        content["blocks"] = as_list(fields["blocks"], "invalid_blocks_format")
        check_blocks(content["blocks"])
    if fields.get("attachments"):
        content["attachments"] = as_list(fields["attachments"], "invalid_attachments")
        check_attachments(content["attachments"])
    if fields.get("metadata"):
        content["metadata"] = as_object(fields["metadata"], "invalid_metadata_format")
        check_metadata(content["metadata"])
    return content


def is_empty(content: Json) -> bool:
    """Whether the content has nothing to show."""
    return not any(content.get(key) for key in ("text", "blocks", "attachments"))


def check_text(text: str, most: int = limits.MESSAGE_TEXT) -> None:
    """The notification text of a message. Raises msg_too_long."""
    if len(text) > most:
        raise ApiError("msg_too_long")


def check_blocks(blocks: list[Json]) -> None:
    """The blocks of a message. Raises invalid_blocks with a message for each fault."""
    check = BlockCheck("message")
    check.blocks(blocks, "/blocks", limits.MESSAGE_BLOCKS)
    if check.problems:
        raise ApiError("invalid_blocks", check.problems)


def check_block_text(blocks: list[Json]) -> None:
    """All text in a message's blocks together. Raises msg_blocks_too_long.

    A response_url or an acknowledgement has no such limit.
    """
    if total_text(blocks) > limits.MESSAGE_BLOCK_TEXT:
        raise ApiError("msg_blocks_too_long")


def check_attachments(attachments: list[Json]) -> None:
    """Their number, and the blocks in them. Raises too_many_attachments or invalid_attachments."""
    if len(attachments) > limits.ATTACHMENTS:
        raise ApiError("too_many_attachments")
    check = BlockCheck("message")
    for index, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            raise ApiError("invalid_attachments")
        if "blocks" in attachment:
            check.blocks(attachment["blocks"], f"/attachments/{index}/blocks", limits.MESSAGE_BLOCKS)
    if check.problems:
        raise ApiError("invalid_attachments", check.problems)


def check_metadata(metadata: Json) -> None:
    """A message's metadata: an event_type and an event_payload, or Work Objects (`entities`), or both.

    Raises invalid_metadata_format or metadata_too_large.
    """
    entities = metadata.get("entities")
    if entities is not None:
        _check_entities(entities)
        if "event_type" not in metadata:
            return
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(metadata["event_payload"])) > limits.METADATA_BYTES:
        raise ApiError("metadata_too_large")


def _check_entities(entities: Any) -> None:
    """Work Objects: each says what it is, where it is, and has a title. Raises invalid_metadata_format."""
    for entity in as_list(entities, "invalid_metadata_format"):
        payload = entity.get("entity_payload")
        title = payload.get("attributes", {}).get("title", {}).get("text") if isinstance(payload, dict) else None
        known = str(entity.get("entity_type", "")).startswith("slack#/entities/")
        if not (known and title and entity.get("url") and entity.get("external_ref", {}).get("id")):
            raise ApiError("invalid_metadata_format", ["not a Work Object"])


def check_view(view: Json, *, surface: str | None = None) -> None:
    """A modal or a Home tab. `surface` says which it has to be. Raises view_too_large, or invalid_arguments with a
    message a fault.
    """
    if len(json.dumps(view)) > limits.VIEW_BYTES:
        raise ApiError("view_too_large")
    kind = view.get("type")
    if kind not in ("modal", "home") or (surface is not None and kind != surface):
        raise ApiError("invalid_arguments", [f"unsupported type: {kind} [json-pointer:/view/type]"])
    check = BlockCheck("modal" if kind == "modal" else "home")
    check.keys(view, "/view", _MODAL_KEYS if kind == "modal" else _HOME_KEYS)
    if kind == "modal":
        check.text(view.get("title"), "/view/title", limits.VIEW_TITLE, kinds=("plain_text",))
        for button in ("submit", "close"):
            if view.get(button) is not None:
                check.text(view[button], f"/view/{button}", limits.VIEW_BUTTON, kinds=("plain_text",))
    check.string(view, "private_metadata", "/view", limits.PRIVATE_METADATA, least=0)
    check.string(view, "callback_id", "/view", limits.IDENTIFIER, least=0)
    check.string(view, "external_id", "/view", limits.IDENTIFIER, least=0)
    check.blocks(view.get("blocks"), "/view/blocks", limits.VIEW_BLOCKS)
    if kind == "modal" and not view.get("submit") and isinstance(view.get("blocks"), list):
        for index, block in enumerate(view["blocks"]):
            if isinstance(block, dict) and block.get("type") == "input":
                check.problem("must define `submit` to use an `input` block in modals", f"/view/blocks/{index}/input")
    if check.problems:
        raise ApiError("invalid_arguments", check.problems)


def total_text(value: Any) -> int:
    """The characters in all `text` strings inside blocks, however deep."""
    if isinstance(value, list):
        return sum(total_text(item) for item in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(item) if key == "text" and isinstance(item, str) else total_text(item) for key, item in value.items()
    )
