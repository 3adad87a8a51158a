"""Who may change and read digests: HALO_ADMINS names those who may change them, in channels that they are in."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.errors import HalobotError
from bot.storage.models import Subscription

CANNOT_SEE = "I cannot see whether you are in that channel. Invite me, or type the command in the channel itself."
NOT_IN_THERE = "You are not in that channel. Somebody who is in it can do that there."
_WITH_CHANNEL = re.compile(r"(?P<channel>[CGD][A-Z0-9]+)\|(?P<command>.*)", re.DOTALL)
ADMINS = "ADMINS"  # in HALO_ADMINS: everyone who administers the Slack workspace


@dataclass(frozen=True)
class Actor:
    """The person who asks, and where. `zone` is the IANA name of their own time zone."""

    team: str
    channel: str
    user: str
    zone: str = "UTC"
    is_workspace_admin: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct conversation with the bot."""
        return self.channel.startswith("D")


class AdminRequired(HalobotError):
    """This person may not change digests. `request` is the command that somebody who may could type; after the channel
    it has to be typed in, where that is another one than it was asked in: `C2|pause`.
    """

    def __init__(self, request: str, channel: str = "") -> None:
        super().__init__("Only some people may change digests in this workspace.")
        self.request = f"{channel}|{request}" if channel else request


def split_request(request: str, asked_in: str) -> tuple[str, str]:
    """The channel that a request of `AdminRequired` has to be typed in, and the command."""
    match = _WITH_CHANNEL.fullmatch(request)
    return (match["channel"], match["command"]) if match else (asked_in, request)


class NotInChannel(HalobotError):
    """This person is not in the channel that a digest would go to, or Slack does not say so."""


class ReadableDigests(NamedTuple):
    """What one person may read of the workspace's digests."""

    readable: Sequence[Subscription]
    hidden_count: int = 0  # of others' direct messages, and of private channels that the person is not in
    unknown_count: int = 0  # of channels of which nobody knows whether the person may read them


def is_allowed(actor: Actor, admins: Sequence[str]) -> bool:
    """Whether HALO_ADMINS lets this person change digests and import. Empty: everyone may."""
    is_named = actor.user in named_admins(admins, actor.team)
    return not admins or is_named or (ADMINS in admins and actor.is_workspace_admin)


def named_admins(admins: Sequence[str], team: str) -> list[str]:
    """The people whom HALO_ADMINS names for a workspace: `U1` for any, `T1:U1` for that one."""
    named = (name.rpartition(":") for name in admins if name != ADMINS)
    return [person for of_team, _, person in named if of_team in ("", team)]


def with_teams_only(admins: Sequence[str]) -> tuple[str, ...]:
    """The same for many workspaces: somebody who is named without a workspace is nobody in any of them. They stay in
    the list: an empty one would let everybody.
    """
    return tuple(name if ":" in name or name == ADMINS else f"-:{name}" for name in admins)


@dataclass(frozen=True)
class DigestRights:
    """What HALO_ADMINS allows. `is_member(team, channel, user)` says whether a person is in a channel, and
    `may_read(team, user, channels)` which channels a person may read; both give None where it is not known.
    """

    admins: tuple[str, ...]
    is_member: Callable[[str, str, str], bool | None]
    may_read: Callable[[str, str, Collection[str]], Mapping[str, bool | None]]

    def is_admin(self, actor: Actor) -> bool:
        """Whether this person may change digests."""
        return is_allowed(actor, self.admins)

    def require_admin(self, actor: Actor, request: str) -> None:
        """Raises AdminRequired when this person may not change digests."""
        if not self.is_admin(actor):
            raise AdminRequired(request)

    def require(self, actor: Actor, channel: str, request: str) -> None:
        """Raises AdminRequired, or NotInChannel where the person is not in this channel."""
        if not self.is_admin(actor):
            raise AdminRequired(request, channel if channel != actor.channel else "")
        self.require_place(actor, channel)

    def split_readable(self, actor: Actor, rows: Sequence[Subscription]) -> ReadableDigests:
        """The digests that a person may read, and how many others there are. The digest of a direct message may be read
        by the person who set it up, who is the only one in there. Where it is not known whether a person may read a
        channel, they may read the digests that they set up themselves.
        """
        places = {row.channel for row in rows if not row.channel.startswith("D") and row.channel != actor.channel}
        known: dict[str, bool | None] = {**self.may_read(actor.team, actor.user, places), actor.channel: True}
        is_own = [row.created_by == actor.user for row in rows]
        seen = [known.get(row.channel, own) for row, own in zip(rows, is_own, strict=True)]
        seen = [True if may is None and own else may for may, own in zip(seen, is_own, strict=True)]
        readable = [row for row, may in zip(rows, seen, strict=True) if may]
        return ReadableDigests(readable, seen.count(False), seen.count(None))

    def readable_channels(self, actor: Actor, channels: Collection[str]) -> set[str]:
        """Those of these channels that a person surely reads: the one they are in, and which they are known to."""
        others = {channel for channel in channels if not channel.startswith("D") and channel != actor.channel}
        known = self.may_read(actor.team, actor.user, others) if others else {}
        return {channel for channel in channels if channel == actor.channel or known.get(channel)}

    def require_sight(self, actor: Actor, row: Subscription) -> None:
        """Raises NotInChannel where the person may not read this digest, or nobody knows that."""
        split = self.split_readable(actor, [row])
        if not split.readable:
            raise NotInChannel(CANNOT_SEE if split.unknown_count else NOT_IN_THERE)

    def require_place(self, actor: Actor, channel: str) -> None:
        """Raises NotInChannel. Who types or presses something in a channel is in it."""
        if channel == actor.channel:
            return
        known = self.is_member(actor.team, channel, actor.user)
        if known is None:
            raise NotInChannel(CANNOT_SEE)
        if not known:
            raise NotInChannel(NOT_IN_THERE)
