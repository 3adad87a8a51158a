"""A subscription's filter as text: equal filters are equal texts."""

import json
from dataclasses import asdict

from bot.catalog.models import Version
from bot.storage.models import SubscriptionFilter


def encode_filter(filter: SubscriptionFilter) -> str:
    """A filter as JSON in its one form: without empty fields, names sorted."""
    record = {
        name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(filter).items() if value
    }
    if filter.versions:
        record["versions"] = [version.number for version in sorted(filter.versions)]
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def decode_filter(text: str) -> SubscriptionFilter:
    """The filter that `encode_filter` wrote."""
    record = json.loads(text)
    versions = tuple(Version.parse(version) for version in record.pop("versions", ()))
    highlights = bool(record.pop("highlights", False))
    texts = {name: tuple(value) for name, value in record.items()}
    return SubscriptionFilter(**texts, highlights=highlights, versions=versions)


def is_same_filter(one: SubscriptionFilter, other: SubscriptionFilter) -> bool:
    """Whether two filters let the same through, in whatever order their parts were named."""
    return encode_filter(one) == encode_filter(other)
