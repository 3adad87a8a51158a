"""Versions of a table whose last zero was lost: a cell that is a number has 2.210 as 2.21. Pure."""

from dataclasses import replace

from bot.ingest import versions
from bot.ingest.models import DocumentBuilder


def restore_versions(builder: DocumentBuilder) -> None:
    """Restore them, by the table's others, with a remark for each version."""
    written = {
        version for record in builder.records for version in (record.version, *record.possible_versions) if version
    }
    restored = {version: versions.restore_version(version, written) for version in written}
    builder.remarks.extend(remark for _, remark in restored.values() if remark)
    for at, record in enumerate(builder.records):
        if record.version and restored[record.version][0] != record.version:
            builder.records[at] = replace(record, version=restored[record.version][0])
