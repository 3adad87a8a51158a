"""The words for digests, typed: `subscribe`, `unsubscribe`, `pause`, `resume`, `subscriptions`, `digest preview` and
`digest now`.

What they do is in `bot.digests.service`. All is said to the one who asked alone: the channel hears of its digest when
the first one comes.
"""

from bot.digests import service
from bot.digests.service import Actor
from bot.errors import HalobotError
from bot.slack.error_boundary import Services
from bot.slack.handlers import digests, search
from bot.slack.request import Reply, Request
from bot.slack.views import subscription_modal as say
from bot.slack.views.blocks import with_prefix
from bot.slack.views.subscription_modal import NO_SUCH_DIGEST


def on_subscribe(said: Request, services: Services) -> Reply:
    """`subscribe billing mondays 9am`; without words the window, or a button to it where none can be opened."""
    wanted = said.argument
    if wanted:
        return _reply(service.subscribe(digests.digests_of(services), _asker(said), services.admins, wanted))
    if said.args is None or "trigger_id" not in said.args.body:
        return _reply(say.setup_button_message())
    digests.open_subscribe_window(said.args, services)
    return Reply({}, private=True)


def on_unsubscribe(said: Request, services: Services) -> Reply:
    """`unsubscribe`, or `unsubscribe billing` for the one with that filter. What no digest here has is a search:
    "unsubscribe link".
    """
    runner, only = digests.digests_of(services), said.argument
    if only and not service.having(runner, Actor(said.team, said.channel, said.user), only):
        found = search.answer_question(said, services)
        return found._replace(message=with_prefix(NO_SUCH_DIGEST, found.message))
    return _reply(service.unsubscribe(runner, _asker(said), services.admins, only))


def on_pause(said: Request, services: Services) -> Reply:
    """Nothing comes until `resume`."""
    return _reply(service.pause(digests.digests_of(services), _asker(said), services.admins))


def on_resume(said: Request, services: Services) -> Reply:
    """It goes on."""
    return _reply(service.resume(digests.digests_of(services), _asker(said), services.admins))


def on_subscriptions(said: Request, services: Services) -> Reply:
    """This channel's digests, then the workspace's."""
    return _reply(service.subscriptions(digests.digests_of(services), Actor(said.team, said.channel, said.user)))


def on_preview(said: Request, services: Services) -> Reply:
    """What the next digest here would be."""
    return _reply(service.preview(digests.digests_of(services), Actor(said.team, said.channel, said.user)))


def on_now(said: Request, services: Services) -> Reply:
    """Posts it at once."""
    return _reply(service.post_now(digests.digests_of(services), _asker(said), services.admins))


def _asker(said: Request) -> Actor:
    if said.args is None:
        raise HalobotError("Digests are changed in Slack only.")
    return digests.asker(said.args)


def _reply(message: dict[str, object]) -> Reply:
    return Reply(message, private=True)
