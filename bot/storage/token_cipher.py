"""Encrypts the tokens of workspaces, by Fernet (AES-128-CBC and HMAC-SHA-256) with the keys of HALO_ENCRYPTION_KEY."""

from collections.abc import Sequence
from hashlib import sha256

from bot.errors import SettingError


class UnreadableTokenError(Exception):
    """None of the keys fits what is stored, or it was stored for another workspace."""


def new_key() -> str:
    """A new key for HALO_ENCRYPTION_KEY."""
    from cryptography.fernet import Fernet  # here and below: only who serves many workspaces waits for it

    return Fernet.generate_key().decode()


class TokenCipher:
    """Encrypts by the first of its keys, and decrypts by any. What is encrypted is bound to a workspace: moved to the
    row of another one, it cannot be read.

    Raises SettingError for a key that is none.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        from cryptography.fernet import Fernet, MultiFernet

        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise SettingError(
                "HALO_ENCRYPTION_KEY holds a key that is none. `halobot workspaces --new-key` makes one."
            ) from error
        if not fernets:
            raise SettingError("HALO_ENCRYPTION_KEY is not set. `halobot workspaces --new-key` makes one.")
        self._fernet = MultiFernet(fernets)
        self.key_id = sha256(keys[0].encode()).hexdigest()[:12]  # tells keys apart, and nothing of what they are

    def encrypt(self, team: str, token: str) -> str:
        """A workspace's token as it is stored."""
        return self._fernet.encrypt(f"{team}\n{token}".encode()).decode()

    def decrypt(self, team: str, stored: str) -> str:
        """The token. Raises UnreadableTokenError."""
        from cryptography.fernet import InvalidToken

        try:
            bound_to, _, token = self._fernet.decrypt(stored.encode()).decode().partition("\n")
        except (InvalidToken, ValueError) as error:
            raise UnreadableTokenError("none of the keys fits") from error
        if bound_to != team:
            raise UnreadableTokenError("it was stored for another workspace")
        return token
