"""Versions whose last zero was lost: `v2.21` means v2.210 when the versions around it, or those that the catalogue
knows, say so. Pure.
"""

from collections.abc import Collection

from bot.catalog.models import Version


def restore_version(
    version: Version, nearby: Collection[Version], known: Collection[Version] = ()
) -> tuple[Version, str | None]:
    """The version that is meant, and a remark when it is not the one that was written.

    `nearby` are the versions of the same import, `known` those of the catalogue. A version that is known as it stands
    is never changed.
    """
    if version in known or version.minor >= 100 or version.minor == 0:
        return version, None
    others = {v for v in (*nearby, *known) if v.major == version.major and v != version}
    for zeros in (10, 100):
        longer = Version(version.major, version.minor * zeros)
        if 100 <= longer.minor < 1000 and longer in others:
            return longer, f"{version} read as {longer}: a zero was lost at its end, {longer} is known."
    # Halo's minor versions have had three digits since v2.204: among such, a two-digit one has lost its zero too.
    longer = Version(version.major, version.minor * (10 if version.minor >= 10 else 100))
    two_digits_are_known = any(
        10 <= v.minor < 100 and Version(v.major, v.minor * 10) not in others for v in known if v.major == version.major
    )
    if longer.minor >= 100 and any(v.minor >= 100 for v in others) and not two_digits_are_known:
        remark = (
            f"{version} read as {longer}: a zero was lost at its end, for the versions around it have three digits."
        )
        return longer, remark
    return version, None
