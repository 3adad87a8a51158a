"""What people can do with digests: subscribe, pause, preview and so on. Returns plain results; renders nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Literal

from bot.catalog.models import Episode, Version
from bot.catalog.repository import Catalog
from bot.digests.calendar import next_slot
from bot.digests.changes import DigestChange, change_from_text, change_to, draft_of
from bot.digests.formatting import channel_mark, format_day, format_draft, format_moment, format_subscription
from bot.digests.known_words import KnownWords
from bot.digests.lookup import DigestLookup
from bot.digests.models import PREVIEW_NUMBER, Edition, EditionItem, ScheduledSubscription
from bot.digests.names import find_called, name_in, possible_names
from bot.digests.pause_parser import MAX_DAYS, PauseEnd, parse_pause_end, slots_to_skip
from bot.digests.results import (
    AlreadySubscribed,
    DigestStatus,
    NeedsClarification,
    PostNowOutcome,
    SavedSubscription,
    digest_status,
)
from bot.digests.rights import Actor, DigestRights
from bot.digests.runner import DigestRunner
from bot.digests.sample import Sample, find_sample
from bot.digests.subscription_parser import MAX_TEXT, ParsedSubscription, parse_subscription
from bot.digests.timezones import is_zone_name
from bot.storage.filters import is_same_filter
from bot.storage.models import (
    DIGEST_STREAM,
    ArrivalKind,
    ChangeOutcome,
    Notice,
    Schedule,
    Slot,
    Subscription,
    SubscriptionDraft,
    SubscriptionFilter,
    utc_datetime,
)

STATUS_ROWS = 200  # the newest outbox rows that `status` looks at


class DigestService(DigestLookup):
    """The verbs of digests. Those that change something raise AdminRequired where HALO_ADMINS doesn't allow it.

    `posting_refusal(team, channel)` returns Slack's code for why a channel can't be posted to, or None.
    `is_member(team, channel, user)` says whether a person is in a channel, and `may_read(team, user, channels)` which
    channels a person may read; None where nobody knows. `catalog_of(team)` is the catalogue that a team
    sees; None: all see one.
    """

    def __init__(
        self,
        runner: DigestRunner,
        posting_refusal: Callable[[str, str], str | None],
        admins: Sequence[str] = (),
        is_member: Callable[[str, str, str], bool | None] = lambda team, channel, user: True,
        may_read: Callable[[str, str, Collection[str]], Mapping[str, bool | None]] = lambda _team, _user, all: (
            dict.fromkeys(all, True)
        ),
        catalog_of: Callable[[str], Catalog] | None = None,
    ) -> None:
        rights = DigestRights(tuple(admins), is_member, may_read)
        super().__init__(runner.builder.subscriptions, rights, lambda: runner.publisher.now())
        self._runner, self._builder, self._posting_refusal = runner, runner.builder, posting_refusal
        self._catalog = runner.builder.catalog
        self._catalog_of = catalog_of or (lambda team: self._catalog)
        self._words = KnownWords(self._catalog)

    # -- subscribing --------------------------------------------------------------------------------------------------

    def subscribe(self, actor: Actor, text: str) -> SavedSubscription | NeedsClarification | AlreadySubscribed:
        """`billing -jira mondays 9am london`: set it up where the channel has no digest yet. Otherwise, or while there
        are questions to ask, nothing is stored.
        """
        self.require_admin(actor, f"subscribe {text}")
        parsed = self.parse(actor, text)
        if parsed.clarifications:
            return NeedsClarification(parsed.clarifications)
        channel = parsed.channel or actor.channel
        rows = self.of_channel(actor, channel)
        if not rows:
            return self.save(actor, parsed, channel)
        self._rights.require_place(actor, channel)
        options = tuple((row, self.propose(actor, row.subscription, text, replaces=True)) for row in rows)
        return self.already_there(channel, options, parsed)

    def already_there(
        self, channel: str, options: Sequence[tuple[ScheduledSubscription, DigestChange]], parsed: ParsedSubscription
    ) -> AlreadySubscribed:
        """What can be made of a channel's digests by what was understood."""
        same = [option for option in options if is_same_filter(option[0].subscription.filter, parsed.filter)]
        new, mark = None if same else draft_of(parsed), channel_mark([row for row, _ in options])
        return AlreadySubscribed(channel, tuple(same or options), new, parsed.notes, mark)

    def submit(
        self, actor: Actor, parsed: ParsedSubscription, channel: str, current: Subscription | None, is_added: bool
    ) -> SavedSubscription | AlreadySubscribed | ChangeOutcome:
        """What a window says: it takes the place of `current`, or sets up the channel's first digest, or with
        `is_added` one more. Otherwise, and where another digest has that filter, nothing is stored; nor where `current`
        is another one by now ("changed"), or gone.
        """
        if current is not None:
            changed = self.change(actor, current, draft_of(parsed))
            if isinstance(changed, ScheduledSubscription):
                return self._saved(changed, parsed)
            return changed if changed != "taken" else self._there_now(actor, channel, parsed, current)
        rows = self.of_channel(actor, channel)
        is_taken = any(is_same_filter(row.subscription.filter, parsed.filter) for row in rows)
        if is_taken or (rows and not is_added):
            self._rights.require_place(actor, channel)
            return self._there_now(actor, channel, parsed)
        return self.save(actor, parsed, channel, rows)

    def propose(self, actor: Actor, current: Subscription, text: str, replaces: bool = False) -> DigestChange:
        """What a sentence makes of a digest. `replaces`: what it names takes the place of what the digest holds."""

        def parse(words: str, default: Schedule) -> ParsedSubscription:
            return parse_subscription(words, default, self.areas(), self._has_entry_with(actor), self.today())

        return change_from_text(text, current, parse, replaces)

    def parse(self, actor: Actor, text: str, limit: int = MAX_TEXT) -> ParsedSubscription:
        """A typed subscription. What it doesn't say is weekly, Mondays at 09:00 in the person's own zone."""
        default = Schedule(zone=actor.zone if is_zone_name(actor.zone) else "UTC")
        return parse_subscription(text, default, self.areas(), self._has_entry_with(actor), self.today(), limit)

    def _has_entry_with(self, actor: Actor) -> Callable[[Sequence[str]], bool]:
        """Whether some entry that the person's team sees has all of some stems."""
        catalog = self._catalog_of(actor.team)
        return (self._words if catalog is self._catalog else KnownWords(catalog)).has_entry_with

    def change(
        self, actor: Actor, seen: Subscription, draft: SubscriptionDraft
    ) -> ScheduledSubscription | ChangeOutcome:
        """Make of a digest what was proposed and confirmed, if it is still what was `seen`. "taken": another one of the
        channel has that filter.
        """
        self._require(actor, seen, "change", f"to {format_draft(draft)}")
        self._runner.record_arrivals()
        latest_seq = self._builder.arrivals.latest_seq()
        stored = self._subscriptions.update(seen, draft, actor.user, latest_seq, self._now(), format_draft(draft))
        return self._scheduled(stored) if isinstance(stored, Subscription) else stored

    def add(
        self, actor: Actor, channel: str, draft: SubscriptionDraft, mark: str
    ) -> SavedSubscription | AlreadySubscribed:
        """One more digest of a channel, as it was proposed where the channel had those digests that `mark` stands for.
        Where it has others by now, or one with that filter, nothing is stored.
        """
        self._rights.require(actor, channel, f"subscribe {format_draft(draft)}")
        rows = self.of_channel(actor, channel)
        parsed = ParsedSubscription(
            draft.filter, draft.schedule, from_version=draft.from_version, post_when_empty=draft.post_when_empty
        )
        if rows and channel_mark(rows) != mark:
            return self._there_now(actor, channel, parsed)
        return self.save(actor, parsed, channel, rows)

    def save(
        self, actor: Actor, parsed: ParsedSubscription, channel: str, beside: Sequence[ScheduledSubscription] = ()
    ) -> SavedSubscription | AlreadySubscribed:
        """Store a subscription of a channel that has just those `beside`; else nothing is stored.

        Raises NotInChannel where the person is not in that channel. Who types the command is in the channel it is typed
        in.
        """
        self._rights.require_place(actor, channel)
        self._runner.record_arrivals()  # what is known today is no news
        draft, ids = draft_of(parsed), [row.subscription.id for row in beside]
        latest_seq, now = self._builder.arrivals.latest_seq(), self._now()
        stored = self._subscriptions.add(
            actor.team, channel, draft, actor.user, latest_seq, now, format_draft(draft), ids
        )
        if stored is None:
            return self._there_now(actor, channel, parsed)
        return self._saved(self._scheduled(stored), parsed, is_new=True)

    def _saved(
        self, scheduled: ScheduledSubscription, parsed: ParsedSubscription, is_new: bool = False
    ) -> SavedSubscription:
        team, channel = scheduled.subscription.team, scheduled.subscription.channel
        others = len(self._subscriptions.of_channel(team, channel)) - 1 if is_new else 0
        return SavedSubscription(scheduled, is_new, parsed, self._posting_refusal(team, channel), others)

    def _there_now(
        self, actor: Actor, channel: str, parsed: ParsedSubscription, but: Subscription | None = None
    ) -> AlreadySubscribed:
        rows = [row for row in self.of_channel(actor, channel) if but is None or row.subscription.id != but.id]
        return self.already_there(
            channel, [(row, change_to(row.subscription, draft_of(parsed))) for row in rows], parsed
        )

    def remove(self, actor: Actor, seen: Subscription, notice: dict[str, Any]) -> ChangeOutcome:
        """End a subscription, if it is still what was `seen`. Its channel is told by `notice` when somebody else had
        set it up.
        """
        self._require(actor, seen, "unsubscribe")
        now = self._now()
        outcome = self._subscriptions.remove(seen, actor.user, now, format_subscription(seen))
        if outcome == "done" and seen.created_by != actor.user:
            told = Notice(seen.channel, f"removed {seen.id} {now:.0f}", notice)
            self._builder.outbox.enqueue_notice(actor.team, told)
        return outcome

    def restore(
        self, actor: Actor, ended: Subscription, notice: dict[str, Any]
    ) -> ScheduledSubscription | Literal["gone", "taken"]:
        """Bring a removed subscription back; `notice` as in `remove`. "gone": it is too late, or it is back already;
        "taken": its channel has one with that filter.
        """
        self._rights.require(actor, ended.channel, "undo")
        now, description = self._now(), format_subscription(ended)
        restored = self._subscriptions.restore(ended, actor.user, now, description)
        if not isinstance(restored, Subscription):
            return restored
        if ended.created_by != actor.user:
            told = Notice(ended.channel, f"restored {ended.id} {now:.0f}", notice)
            self._builder.outbox.enqueue_notice(actor.team, told)
        return self._scheduled(restored)

    def find_matching(
        self, actor: Actor, text: str, rows: Sequence[ScheduledSubscription]
    ) -> list[ScheduledSubscription]:
        """Those of these digests that are called so, by what they hold ("portal") or when they come ("weekly")."""
        return find_called(rows, text, self.parse(actor, text))

    def pause(self, actor: Actor, seen: Subscription, until: float | None = None) -> ChangeOutcome:
        """Post nothing of it until `resume`, or until then; if it is, and waits, as was `seen`."""
        until_day = f"until {format_day(utc_datetime(until), seen.schedule.zone, self.today())}" if until else ""
        self._require(actor, seen, "pause", until_day)
        end = f"; until {format_moment(utc_datetime(until), seen.schedule.zone)}" if until else ""
        return self._subscriptions.pause(seen, actor.user, self._now(), format_subscription(seen) + end, until)

    def pause_end(self, row: ScheduledSubscription, text: str) -> PauseEnd:
        """Until when a digest is to wait, as it was said."""
        slot = row.next_slot
        for _ in range(slots_to_skip(text) - 1):
            slot = self.next_after(row.subscription, slot.at + timedelta(seconds=2)) if slot else None
        zone, is_paused = row.subscription.schedule.zone, row.subscription.is_paused
        return parse_pause_end(text, utc_datetime(self._now()), zone, slot, is_paused)

    def is_future(self, moment: float) -> bool:
        """Whether a pause can end then: within a year, or a little more."""
        return 0 < moment - self._now() < (MAX_DAYS + 2) * 24 * 3600

    def resume(self, actor: Actor, seen: Subscription) -> ChangeOutcome:
        """Go on from the next slot, if it is still what was `seen`."""
        self._require(actor, seen, "resume")
        return self._subscriptions.resume(seen, actor.user, self._now(), format_subscription(seen))

    def versions(self, team: str) -> list[Version]:
        """The versions that a team knows, oldest first."""
        return self._catalog_of(team).versions()

    def out_already(self, team: str, chosen: SubscriptionFilter) -> list[Version]:
        """The versions of a filter that are older than the newest one; none where it lets others through as well."""
        newest = max(self.versions(team), default=None)
        out = [version for version in chosen.versions if newest and version < newest]
        return out if len(out) == len(chosen.versions) else []

    def first_slot(self, schedule: Schedule) -> Slot | None:
        """When the first one of a schedule that begins now comes; None when it waits for arrivals."""
        return next_slot(schedule, utc_datetime(self._now()))

    def sample(self, subscription: Subscription) -> Sample | None:
        """What a digest would have said of the newest version that has something for it; None where none has."""
        return find_sample(self._catalog_of(subscription.team), subscription.filter)

    def is_before_first(self, subscription: Subscription) -> bool:
        """Whether its channel has not had a digest yet."""
        team, channel = subscription.team, subscription.channel
        return self._builder.outbox.next_edition_number(team, channel, DIGEST_STREAM) == 1

    def areas(self) -> dict[str, tuple[str, ...]]:
        """The areas' names, and what people call them."""
        return self._catalog.areas()

    def record_arrivals(self) -> None:
        """Record what arrived, so that the next digests announce it."""
        self._runner.record_arrivals()

    # -- editions -----------------------------------------------------------------------------------------------------

    def preview(self, actor: Actor, subscription: Subscription | None = None) -> Edition | None:
        """What the next digest here would be now, or of one subscription alone; None when there is no digest. Raises
        NotInChannel where the person is not in the subscription's channel.
        """
        if subscription is not None:
            self._rights.require_place(actor, subscription.channel)
        self._runner.record_arrivals()
        builder = self._builder.of_team(actor.team)
        if subscription is None:
            return builder.preview_edition(actor.team, actor.channel)
        news = builder.new_arrivals(subscription.cursor)
        return builder.select_edition(actor.team, subscription.channel, [subscription], news, PREVIEW_NUMBER)

    def episodes(self, team: str) -> Mapping[int, Episode]:
        """The episodes that a team knows by number, for links to the minute of a mention."""
        return self._catalog_of(team).episodes()

    def post_now(self, actor: Actor) -> PostNowOutcome:
        """Post this channel's digest now. Takes as long as posting takes."""
        self.require_admin(actor, "digest now")
        if not self._subscriptions.of_channel(actor.team, actor.channel):
            return "no digest"
        row = self._runner.post_now(actor.team, actor.channel)
        if row is not None:
            return row
        if (actor.team, actor.channel) in self._builder.waiting:
            return "waiting"
        is_free = self._builder.outbox.next_edition_number(actor.team, actor.channel, DIGEST_STREAM) is not None
        return "nothing new" if is_free else "being posted"

    def edition_items(self, actor: Actor, number: int) -> Sequence[EditionItem] | None:
        """What an edition announced, or with PREVIEW_NUMBER the next one would. None when it is no longer known."""
        if number == PREVIEW_NUMBER:
            edition = self._builder.of_team(actor.team).preview_edition(actor.team, actor.channel)
            return edition.items if edition else None
        rows = self._builder.outbox.recent_rows(actor.team, actor.channel, DIGEST_STREAM, STATUS_ROWS)
        row = next((row for row in rows if row.edition == number), None)
        if row is None:
            return None
        kinds: dict[str, ArrivalKind] = {}
        for _, key, kind in row.entries:
            kinds[key] = "new" if "new" in (kind, kinds.get(key)) else kind
        return [EditionItem(0, kinds[entry.key], entry) for entry in self._catalog_of(actor.team).entries(kinds)]

    def status(self, actor: Actor) -> DigestStatus:
        """The last and the next digest of the channels that a person may read, what failed and what is being posted."""
        rows = self._builder.outbox.recent_rows(actor.team, stream=DIGEST_STREAM, limit=STATUS_ROWS)
        waiting = [row for row in list(self._builder.waiting.values()) if row.team == actor.team]
        scheduled, split = self.readable(actor)
        read = {row.subscription.channel for row in scheduled}
        # Of a digest that was removed since, too, but only where people surely read what it said.
        read |= self._rights.readable_channels(actor, {row.channel for row in rows} - read)
        rows, waiting = [row for row in rows if row.channel in read], [row for row in waiting if row.channel in read]
        return digest_status(scheduled, rows, waiting, split.hidden_count + split.unknown_count)

    def today(self) -> date:
        """The date in UTC."""
        return utc_datetime(self._now()).date()

    # -- who may ------------------------------------------------------------------------------------------------------

    def require_admin(self, actor: Actor, request: str) -> None:
        """Raises AdminRequired when this person may not change digests."""
        self._rights.require_admin(actor, request)

    def _require(self, actor: Actor, seen: Subscription, verb: str, rest: str = "") -> None:
        """Raises AdminRequired, with the command that does this to that digest of its channel and to no other, and
        NotInChannel.
        """
        rows = [] if self.is_admin(actor) else self.of_channel(actor, seen.channel)
        which = "digest" if verb == "change" else ""
        if len(rows) > 1:
            for name in map(name_in, reversed(possible_names(seen))):
                found = self.find_matching(actor, name, rows) if name else []
                which = f"the {name} digest" if [row.subscription.id for row in found] == [seen.id] else which
        self._rights.require(actor, seen.channel, " ".join(filter(None, (verb, which, rest))))

    def is_admin(self, actor: Actor) -> bool:
        """Whether this person may change digests."""
        return self._rights.is_admin(actor)

    def require_place(self, actor: Actor, channel: str) -> None:
        """Raises NotInChannel where the person is not in this channel."""
        self._rights.require_place(actor, channel)

    def require_sight(self, actor: Actor, row: Subscription) -> None:
        """Raises NotInChannel where the person may not read this digest."""
        self._rights.require_sight(actor, row)

    def request_change(self, actor: Actor, request: str, admin: str, message: dict[str, Any]) -> bool:
        """Send an admin this message about a request. Returns False when one was sent for the same request today."""
        day = self.today()
        # The hash is of the whole request: two long requests may begin alike.
        request_hash = sha256(request.encode()).hexdigest()[:16]
        notice = Notice(admin, f"asked {actor.user} {actor.channel} {day} {request_hash}", message)
        return self._builder.outbox.enqueue_notice(actor.team, notice)
