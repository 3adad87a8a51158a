"""What Bolt knows as its installation store: installations by workspace, in bot/storage/installations.py."""

import logging
from collections.abc import Callable
from logging import Logger

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore

from bot.slack.workspaces import InstalledWorkspaces
from bot.storage.installations import Installations, InstalledWorkspace, Tokens
from bot.storage.patience import patience

log = logging.getLogger(__name__)
DATABASE_SECONDS = 5.0  # a person waits


class WorkspaceInstallationStore(InstallationStore):
    """Saves and finds installations. An organisation-wide one belongs to no workspace, and is refused by BoltError."""

    def __init__(self, store: Installations, workspaces: InstalledWorkspaces, now: Callable[[], float]) -> None:
        self._store, self._workspaces, self._now = store, workspaces, now

    @property
    def logger(self) -> Logger:
        return log

    def save(self, installation: Installation) -> None:
        team, token = installation.team_id, installation.bot_token
        if not team or not token or installation.is_enterprise_install:
            raise BoltError("not installed in one workspace")
        new = InstalledWorkspace(
            team=team,
            team_name=(installation.team_name or team)[:200],
            app_id=installation.app_id or "",
            bot_id=installation.bot_id or "",
            bot_user_id=installation.bot_user_id or "",
            scopes=tuple(installation.bot_scopes or ()),
            installed_by=installation.user_id or "",
            installed_at=self._now(),
            enterprise_id=installation.enterprise_id,
        )
        tokens = Tokens(token, installation.bot_refresh_token, _moment(installation.bot_token_expires_at))
        with patience(DATABASE_SECONDS):
            stored = self._store.save(new, tokens, self._now())
        self._workspaces.remember(stored)
        log.info("installed in %s", team)

    def save_bot(self, bot: Bot) -> None:
        """Nothing: `save` has stored it, and the next tokens are stored by `InstalledWorkspaces`."""

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        found = self.find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        found = self._workspaces.find(team_id or "")
        if found is None or found.tokens is None:
            return None
        return Installation(
            app_id=found.app_id,
            enterprise_id=found.enterprise_id,
            team_id=found.team,
            team_name=found.team_name,
            bot_token=found.tokens.bot,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_scopes=list(found.scopes),
            bot_refresh_token=found.tokens.refresh,
            bot_token_expires_at=int(found.tokens.expires_at) if found.tokens.expires_at else None,
            user_id=found.installed_by,
            installed_at=found.installed_at,
        )

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        self.delete_installation(enterprise_id=enterprise_id, team_id=team_id)

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        if team_id:
            self._store.end(team_id, "removed", self._now())
            self._workspaces.forget(team_id)


def _moment(value: int | None) -> float | None:
    return float(value) if value else None
