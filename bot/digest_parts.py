"""Builds what posts digests and watch messages, and what people can do with digests, from the application's parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Application
    from bot.digests.runner import DigestRunner
    from bot.digests.service import DigestService


def build_runner(application: Application) -> DigestRunner:
    """Posts what is due: digests, and messages to people whose watches have something new."""
    from bot.digests.builder import DigestBuilder, no_view
    from bot.digests.entry_supply import EntrySupply
    from bot.digests.runner import DigestRunner
    from bot.ingest.team_view import team_views

    stores, catalog, upkeep = application.stores, application.catalog, application.upkeep
    team_catalogs = application.team_catalogs if application.has_many_workspaces else None
    builder = DigestBuilder(
        catalog,
        stores.arrivals,
        stores.subscriptions,
        stores.outbox,
        stores.watches,
        application.search.matching_keys,
        EntrySupply(
            catalog,
            upkeep.sync.expected,
            partial(upkeep.restore_entries, catalog),
            partial(upkeep.catch_up, catalog),
            stores.catalog_records.revive,
            require_current=partial(upkeep.sync.catch_up, catalog),
        ),
        view_of=team_views(team_catalogs, stores, upkeep) if team_catalogs else no_view,
    )
    return DigestRunner(
        builder,
        application.publisher,
        threads=max(2, min(16, application.settings.digest_posts_per_minute // 60)),
        record_own_arrivals=team_catalogs.record_arrivals if team_catalogs else lambda: None,
    )


def build_service(application: Application) -> DigestService:
    """What people can do with digests."""
    from bot.digests.service import DigestService
    from bot.slack.channel_membership import ChannelMembership

    refusal = application.publisher.posting_refusal
    who = ChannelMembership(application.workspaces.client, application.now)
    catalog_of = application.team_catalogs.catalog_of if application.has_many_workspaces else None
    return DigestService(
        application.digest_runner, refusal, application.admins, who.is_member, who.may_read, catalog_of
    )
