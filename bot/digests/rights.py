"""Who may change digests: whom HALO_ADMINS names, and only where they are themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import HalobotError

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
    """This person may not change digests. `request` is the command that somebody who may could type."""

    def __init__(self, request: str) -> None:
        super().__init__("Only some people may change digests in this workspace.")
        self.request = request


class NotInChannel(HalobotError):
    """This person is not in the channel that a digest would go to, or Slack does not say so."""


def is_allowed(actor: Actor, admins: Sequence[str]) -> bool:
    """Whether HALO_ADMINS lets this person change digests and import. Empty: everyone may."""
    return not admins or actor.user in admins or (ADMINS in admins and actor.is_workspace_admin)


@dataclass(frozen=True)
class DigestRights:
    """What HALO_ADMINS allows. `is_member(channel, user)` says whether a person is in a channel; None where nobody
    knows.
    """

    admins: tuple[str, ...]
    is_member: Callable[[str, str], bool | None]

    def require_admin(self, actor: Actor, request: str) -> None:
        """Raises AdminRequired when this person may not change digests."""
        if not is_allowed(actor, self.admins):
            raise AdminRequired(request)

    def require(self, actor: Actor, channel: str, request: str) -> None:
        """Raises AdminRequired, or NotInChannel where the person is not in this channel."""
        self.require_admin(actor, request)
        self.require_place(actor, channel)

    def require_place(self, actor: Actor, channel: str) -> None:
        """Raises NotInChannel. Who types or presses something in a channel is in it."""
        if channel == actor.channel:
            return
        known = self.is_member(channel, actor.user)
        if known is None:
            raise NotInChannel(
                "I cannot see whether you are in that channel. Invite me, or type the command in the channel itself."
            )
        if not known:
            raise NotInChannel("You are not in that channel. Somebody who is in it can do that there.")
