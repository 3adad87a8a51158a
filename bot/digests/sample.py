"""What a digest would have said of the newest version, for somebody who has not had one yet."""

from typing import NamedTuple

from bot.catalog.models import Filters, Version
from bot.catalog.repository import Catalog
from bot.digests.models import Edition, EditionItem
from bot.digests.selection import index_entry, matches_filter, reading_order
from bot.storage.models import SubscriptionFilter

MAX_VERSIONS = 12  # that are looked at, from the newest on


class Sample(NamedTuple):
    """What a digest would have said of a version."""

    version: Version
    edition: Edition


def find_sample(catalog: Catalog, subscription_filter: SubscriptionFilter) -> Sample | None:
    """The newest version that has something for a filter, as a digest; None where none of the last ones has."""
    for version in reversed(catalog.versions()[-MAX_VERSIONS:]):
        found = map(index_entry, catalog.entries(catalog.keys_matching(Filters(versions=(version,)))))
        items = [EditionItem(0, "new", one.entry) for one in found if matches_filter(subscription_filter, one)]
        if items:
            return Sample(version, Edition(tuple(sorted(items, key=reading_order))))
    return None
