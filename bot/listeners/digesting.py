"""The words for digests, typed: `subscribe`, `unsubscribe`, `pause`, `resume`, `subscriptions`, `digest preview` and `digest now`.

What they do is in `bot.digest.verbs`. All is said to the one who asked alone: the channel hears of its digest when the first one comes.
"""

from bot.digest import verbs
from bot.digest.verbs import Asker
from bot.errors import HalobotError
from bot.listeners import asking, digest
from bot.listeners.guard import Services
from bot.listeners.said import Reply, Said
from bot.messages import subscribing as say
from bot.messages.notes import NO_SUCH_DIGEST, before


def on_subscribe(said: Said, services: Services) -> Reply:
    """`subscribe billing mondays 9am`; without words the window, or a button to it where Slack gives us none to open."""
    wanted = said.text.partition(" ")[2]
    if wanted:
        return _reply(verbs.subscribe(digest.digests_of(services), _asker(said), services.admins, wanted))
    if said.args is None or "trigger_id" not in said.args.body:
        return _reply(say.window_button())
    digest.open_subscribe_window(said.args, services)
    return Reply({}, private=True)


def on_unsubscribe(said: Said, services: Services) -> Reply:
    """`unsubscribe`, or `unsubscribe billing` for the one with that filter. What no digest here has is a search: "unsubscribe link"."""
    digests, only = digest.digests_of(services), said.text.partition(" ")[2]
    if only and not verbs.having(digests, Asker(said.team, said.channel, said.user), only):
        found = asking.answer(said, services)
        return found._replace(message=before(NO_SUCH_DIGEST, found.message))
    return _reply(verbs.unsubscribe(digests, _asker(said), services.admins, only))


def on_pause(said: Said, services: Services) -> Reply:
    """Nothing comes until `resume`."""
    return _reply(verbs.pause(digest.digests_of(services), _asker(said), services.admins))


def on_resume(said: Said, services: Services) -> Reply:
    """It goes on."""
    return _reply(verbs.resume(digest.digests_of(services), _asker(said), services.admins))


def on_subscriptions(said: Said, services: Services) -> Reply:
    """This channel's digests, then the workspace's."""
    return _reply(verbs.subscriptions(digest.digests_of(services), Asker(said.team, said.channel, said.user)))


def on_preview(said: Said, services: Services) -> Reply:
    """What the next digest here would be."""
    return _reply(verbs.preview(digest.digests_of(services), Asker(said.team, said.channel, said.user)))


def on_now(said: Said, services: Services) -> Reply:
    """Posts it at once."""
    return _reply(verbs.post_now(digest.digests_of(services), _asker(said), services.admins))


def _asker(said: Said) -> Asker:
    if said.args is None:
        raise HalobotError("Digests are changed in Slack only.")
    return digest.asker(said.args)


def _reply(message: dict[str, object]) -> Reply:
    return Reply(message, private=True)
