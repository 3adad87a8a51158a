"""The pages of an installation, in a browser: plain HTML without a script, an image or anything from elsewhere."""

from html import escape

# Nothing may be loaded, framed or sent from these pages; what is in them is text, links and this one style.
STYLE = "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}a{font-weight:600}"
STYLE_HASH = "sha256-dzernc/rKRgkXQwwTeEc/XPphDt7bGZOcZa37psEVw8="  # base64 of the hash of STYLE; a test compares
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
}
# What went wrong, and what to do: by Bolt's reasons, and by Slack's codes of oauth.v2.access.
TOO_OLD = (
    "This installation was begun too long ago, in another browser, or was finished already",
    "Nothing was changed. Start again; it has to be finished within ten minutes, in the browser that it was begun in.",
)
NOT_SET_UP = (
    "Slack does not take this bot's own client ID, client secret or redirect URL",
    "Nothing was changed. Tell whoever runs this bot: SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and HALO_PUBLIC_URL have to "
    "be those of the app's settings in Slack; the log has Slack's code.",
)
CODE_USED = (
    "Slack's permission was used already, or is too old",
    "Nothing was changed, unless the page before this one said that it is installed. Start again.",
)
REASONS = {
    "access_denied": ("It was not installed", "You said no in Slack, and nothing was changed. You can start again."),
    "invalid_browser": TOO_OLD,
    "invalid_state": TOO_OLD,
    "missing_code": CODE_USED,
    "invalid_code": CODE_USED,
    "code_already_used": CODE_USED,
    "bad_client_secret": NOT_SET_UP,
    "invalid_client_id": NOT_SET_UP,
    "bad_redirect_uri": NOT_SET_UP,
    "redirect_uri_mismatch": NOT_SET_UP,
    "invalid_scope": (
        "Slack does not give this bot the permissions that it asks for",
        "Nothing was changed. Tell whoever runs this bot: the app's scopes have to be those of manifest.json.",
    ),
    "unreachable": (
        "Slack cannot be reached from here",
        "Nothing was changed. Please start again in a minute.",
    ),
    "whole_organisation": (
        "It is installed in one workspace at a time",
        "You chose a whole organisation, and nothing was kept. Start again, and choose one workspace.",
    ),
    "busy": (
        "Too many installations are being started or finished just now",
        "Please start again in a minute.",
    ),
    "database": (
        "The installation could not be stored",
        "Please start again in a minute. If it happens again, tell whoever runs this bot: the log says what is wrong.",
    ),
}
OTHERWISE = (
    "Slack did not finish the installation",
    "Nothing was changed. Please start again; if it happens again, tell whoever runs this bot.",
)


def start_page(address: str) -> str:
    """The page that leads to Slack, at this address."""
    return _page(
        "Add Halobot to Slack",
        "Halobot knows what changed in HaloPSA. Slack asks you which workspace it may be added to, and shows what it "
        "may do there.",
        address,
        "Go on to Slack",
    )


def installed_page(team: str, app_address: str) -> str:
    """The page after an installation in a workspace of this name."""
    return _page(
        f"Halobot is in {team[:100]}",
        "Type /halo and a question in any channel there. What was paused while Halobot was away goes on by itself.",
        app_address,
        "Open it in Slack",
    )


def failed_page(reason: str, install_path: str) -> str:
    """The page after an installation that failed, by Bolt's reason or Slack's code."""
    title, text = REASONS.get(reason, OTHERWISE)
    return _page(title, text, install_path, "Start again")


def _page(title: str, text: str, address: str, link: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        f'<p><a href="{escape(address)}">{escape(link)}</a></p></main></body></html>'
    )
