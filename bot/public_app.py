"""What is answered without Slack: the pages for everyone, and assistants, over HTTP or a pipe.

Imports stay inside the functions: assistants need the extra `mcp`, which may not be installed.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from starlette.applications import Starlette

    from bot.app import Application
    from bot.web.site import Site

log = logging.getLogger(__name__)


def open_site(application: Application) -> Site:
    """The catalogue as pages and feeds; what is of one team is not in them."""
    from bot.storage.arrival_dates import ArrivalDates
    from bot.web.models import SiteOptions
    from bot.web.site import Site

    dates, public_url = ArrivalDates(application.engine), application.settings.public_url
    return Site(application.search, dates, SiteOptions(public_url or ""))


def build_mcp_server(application: Application, with_blocks: bool = False) -> Server:
    """The MCP server over the catalogue; `with_blocks`: with Block Kit for Slack's own assistant.

    Raises ModuleNotFoundError without the extra `mcp`.
    """
    from bot.mcp.server import Readers, build_server
    from bot.web.addresses import entry_url

    logging.getLogger("mcp").setLevel(logging.ERROR)  # below that, the SDK logs what people sent
    public_url, blocks = application.settings.public_url or "", None
    if with_blocks:
        from bot.slack.assistant import answer_blocks

        blocks = partial(answer_blocks, read_facts=lambda of: application.self_facts.read(of))
    readers = Readers(lambda of: application.self_facts.read(of), partial(entry_url, public_url), blocks)
    return build_server(application.search, readers)


def build_public_app(application: Application, pages_apart: bool = False) -> Starlette:
    """An ASGI app of the pages, and with the extra `mcp` of what assistants ask. `pages_apart`: pages are made in a
    process of their own.
    """
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route

    from bot.client_limit import ClientLimit
    from bot.pages_process import get_page, open_pages_process
    from bot.web.server import build_pages_app

    limit, settings = ClientLimit(), application.settings
    if pages_apart:
        pages = build_pages_app(get_page, limit, partial(open_pages_process, settings))
    else:
        pages = build_pages_app(open_site(application).get, limit)
    try:
        from bot.mcp.http import PATH, McpEndpoint

        server = build_mcp_server(application, with_blocks=bool(settings.slack_bot_token))
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "bot":
            raise
        if settings.mcp_token:
            log.warning("HALO_MCP_TOKEN is set, but assistants are not served: install the extra, halobot[mcp].")
        return pages
    token, wait = settings.mcp_token or "", limit.seconds_to_wait
    endpoint = McpEndpoint(server, settings.public_url or "", token, wait)
    return Starlette(routes=[Route(PATH, endpoint), Mount("/", pages)])
