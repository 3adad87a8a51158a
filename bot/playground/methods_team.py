"""auth.test, users.*, bots.info. Each takes the state and the arguments, returns the answer's fields beside `ok`, and
raises errors.
"""

from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.model import Json
from bot.playground.state import WorkspaceState


def auth_test(state: WorkspaceState, args: Arguments) -> Json:
    """auth.test: whose token it is."""
    app, team = state.app, state.team
    return {
        "url": f"https://{team.domain}.slack.com/", "team": team.name, "user": state.user(app.user_id).name,
        "team_id": team.id,
        "user_id": app.user_id, "bot_id": app.bot_id, "is_enterprise_install": False,
    }  # fmt: skip


def users_info(state: WorkspaceState, args: Arguments) -> Json:
    """users.info"""
    return {"user": state.user(args.required("user")).to_json(state.team, state.clock.now())}


def users_list(state: WorkspaceState, args: Arguments) -> Json:
    """users.list"""
    page, cursor = args.page(list(state.users.values()), 1_000)
    now = state.clock.now()
    members = [user.to_json(state.team, now) for user in page]
    return {"members": members, "cache_ts": int(now), "response_metadata": {"next_cursor": cursor}}


def bots_info(state: WorkspaceState, args: Arguments) -> Json:
    """bots.info: the only bot."""
    app = state.app
    if args.text("bot", app.bot_id) != app.bot_id:
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": False,
            "name": app.name,
            "updated": 0,
            "app_id": app.id,
            "user_id": app.user_id,
        }
    }
