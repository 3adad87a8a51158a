"""`/halo phrasings`: the proposals that wait, for the people of HALO_ADMINS to accept or dismiss.

It is checked when the command is typed and again at each click, and that the words are still those that were shown.
"""

from slack_bolt import Args

from bot.ingest.phrasing_review import ReviewDesk
from bot.slack.actors import admin_refusal
from bot.slack.delivery import action_value, notify_user
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views import phrasings as say
from bot.slack.views.blocks import Message, text_message, with_prefix
from bot.storage.models import Proposal
from bot.storage.proposals import fold_text


def on_phrasings(request: Request, services: Services) -> Reply:
    """What waits, privately, with its buttons."""
    if request.args is None or services.review is None:
        return Reply(text_message(say.ELSEWHERE), private=True)
    refusal = _refusal(request.args, services)
    return Reply(text_message(refusal) if refusal else waiting_message(request.team, services), private=True)


def on_accept(args: Args, services: Services) -> None:
    """ "Accept": the next answer knows it; the list is shown again without it."""
    args.ack()
    notify_user(args, _decide(args, services, accepts=True), replace=True)


def on_dismiss(args: Args, services: Services) -> None:
    """ "Dismiss": it is never proposed again."""
    args.ack()
    notify_user(args, _decide(args, services, accepts=False), replace=True)


def waiting_message(team: str | None, services: Services, note: str = "") -> Message:
    """The first of a team's proposals that wait, and how many there are."""
    desk = services.desk_of(team)
    if desk is None:
        return text_message(say.ELSEWHERE)
    store, catalog = desk.store, desk.catalog
    found = store.find(states=("open",), limit=say.MAX_SHOWN)
    titles = {entry.key: entry.title for entry in catalog.entries({proposal.key for proposal in found})}
    rows = [
        say.ProposalRow(p.id, p.key, titles.get(p.key, ""), p.field, p.text, p.origin, _fingerprint(p)) for p in found
    ]
    shown = say.waiting_message(rows, store.count("open"), is_own=services.team_catalogs is not None)
    return with_prefix(note, shown) if note else shown


def _decide(args: Args, services: Services, accepts: bool) -> Message:
    team, desk = args.context.team_id, services.desk_of(args.context.team_id)
    if desk is None or (refusal := _refusal(args, services)):
        return text_message(refusal if desk else say.ELSEWHERE)
    proposal_id, fingerprint = say.decode_phrasing(action_value(args))
    found = desk.store.find(ids=[proposal_id], states=("open",))
    if not found or _fingerprint(found[0]) != fingerprint:
        return waiting_message(team, services, say.DECIDED_ALREADY)
    actor, now = args.context.user_id or "", services.now()

    def decide(desk: ReviewDesk) -> None:
        (desk.accept if accepts else desk.dismiss)([proposal_id], actor, now)

    services.decide(team, decide)
    return waiting_message(team, services, say.decided_text(found[0].text, accepts))


def _fingerprint(proposal: Proposal) -> str:
    return fold_text(proposal.field, proposal.text)[:16]


def _refusal(args: Args, services: Services) -> str:
    """Why this person may not decide; empty when they may."""
    return admin_refusal(args, services.admins, say.NO_ADMINS, say.NOT_AN_ADMIN)
