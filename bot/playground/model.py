"""The objects of a Slack workspace, and the JSON that Slack's API shows of them."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im"]


@dataclass
class Team:
    """The workspace."""

    id: str = "T1"
    name: str = "Playground"
    domain: str = "playground"


@dataclass
class App:
    """The installed app: its id and its bot's, and the scopes it was granted."""

    id: str
    name: str
    bot_id: str
    user_id: str
    scopes: frozenset[str]


@dataclass
class User:
    """A person, or the bot's user."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    bot_id: str | None = None

    def to_json(self, team: Team, now: float) -> Json:
        """Slack's user object, with the offset from UTC at `now`."""
        local = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        profile: Json = {"real_name": self.real_name, "display_name": self.name, "team": team.id}
        if self.bot_id:
            profile["bot_id"] = self.bot_id
        return {
            "id": self.id, "team_id": team.id, "name": self.name, "deleted": self.deleted, "real_name": self.real_name,
            "tz": self.tz, "tz_label": local.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": profile, "is_admin": self.is_admin, "is_owner": False, "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False, "is_bot": self.is_bot, "is_app_user": False, "updated": 0, "locale": "en-GB",
        }  # fmt: skip


@dataclass
class Channel:
    """A conversation: public, private, or a person's direct messages with the bot (`im_with` is the person)."""

    id: str
    name: str
    kind: ChannelKind = "public"
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    im_with: str | None = None
    created: int = 0
    creator: str = "UALICE"

    @property
    def name_in_payload(self) -> str:
        """Its name in payloads, which name only public channels."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage"}[self.kind]

    def to_json(self, team: Team, bot_user: str) -> Json:
        """Slack's conversation object, as the bot sees it."""
        if self.kind == "im":
            return {
                "id": self.id, "created": self.created, "is_im": True, "is_org_shared": False, "user": self.im_with,
                "is_archived": self.is_archived, "is_user_deleted": False, "is_open": True, "context_team_id": team.id,
            }  # fmt: skip
        private = self.kind == "private"
        return {
            "id": self.id, "name": self.name, "name_normalized": self.name, "is_channel": not private,
            "is_group": private,
            "is_im": False, "is_mpim": False, "is_private": private, "created": self.created, "creator": self.creator,
            "is_archived": self.is_archived, "is_general": self.id == "C1", "is_shared": False, "is_ext_shared": False,
            "is_org_shared": False, "context_team_id": team.id, "is_member": bot_user in self.members,
            "num_members": len(self.members),
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }  # fmt: skip


@dataclass
class Message:
    """A message in a channel. `visible_to`: the one person who sees it, when it is ephemeral."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    metadata: Json | None = None
    visible_to: str | None = None
    edited_ts: str | None = None
    is_tombstone: bool = False
    unfurls: Json = field(default_factory=dict)
    picked: dict[str, Json] = field(default_factory=dict)  # by person: what they have chosen in its menus

    @property
    def is_reply(self) -> bool:
        """Whether it is in a thread and not the thread's parent."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def to_json(
        self,
        team: Team,
        *,
        replies: "list[Message] | None" = None,
        parent_user: str | None = None,
        with_metadata: bool = False,
    ) -> Json:
        """Slack's message object. `replies` (oldest first) make it a thread's parent; `parent_user` wrote what it
        replies to.
        """
        body: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": team.id}
        if self.is_tombstone:
            body |= {"subtype": "tombstone", "hidden": True, "user": "USLACKBOT", "text": "This message was deleted."}
        if self.broadcast:
            body["subtype"] = "thread_broadcast"
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": self.app_id}
        for key, value in (("blocks", self.blocks), ("attachments", self.attachments), ("thread_ts", self.thread_ts)):
            if value:
                body[key] = value
        if self.edited_ts:
            body["edited"] = {"user": self.user, "ts": self.edited_ts}
        if with_metadata and self.metadata:
            body["metadata"] = self.metadata
        if self.is_reply:
            body["parent_user_id"] = parent_user
        elif replies:
            users = list(dict.fromkeys(reply.user for reply in replies))
            body |= {
                "thread_ts": self.ts, "reply_count": len(replies), "reply_users_count": len(users),
                "latest_reply": replies[-1].ts,
                "reply_users": users, "is_locked": False, "subscribed": False,
            }  # fmt: skip
        return body


@dataclass(frozen=True)
class TranscriptEntry:
    """One line of the transcript: something became visible to someone, or the app or Slack answered.

    `kind`: message, ephemeral, update, delete, unfurl, view, view_errors, view_closed, home, failure (Slack's own
    message to a person), refused (the Web API or a response_url answered with an error), ack (the app answered a
    delivery), event_failed, late_ack. `method`: what caused it (`chat.postMessage`, `response_url`, `/halo`,
    `block_actions`, `app_mention`, …). `via`: web_api, response_url, ack, user or slack. `visible_to`: the one person
    who sees it; None means everyone in `channel`.
    """

    seq: int
    at: float
    kind: str
    method: str
    via: str
    channel: str | None = None
    visible_to: str | None = None
    author: str | None = None
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    ts: str | None = None
    thread_ts: str | None = None
    metadata: Json | None = None
    view: Json | None = None
    error: str | None = None
    detail: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        """As a JSON object, for /control/transcript."""
        return asdict(self)


@dataclass(frozen=True)
class Call:
    """One call of the app to the Web API or to a response_url, and its answer; old calls lose their `answer`."""

    seq: int
    at: float
    method: str
    args: Json
    ok: bool
    error: str | None
    status: int
    answer: Any = None

    def to_json(self) -> Json:
        """As a JSON object, for /control/calls."""
        return asdict(self)


@dataclass(frozen=True)
class DeliveryRecord:
    """One command, interaction or event that was sent to the app, and how it answered."""

    seq: int
    at: float
    type: str
    payload: Json
    retry_num: int | None
    status: int | None
    answer: Any
    error: str | None
    seconds: float
    via: str

    def to_json(self) -> Json:
        """As a JSON object, for /control/deliveries."""
        return asdict(self)
