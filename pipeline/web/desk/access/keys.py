"""The token that whoever writes at a desk on a network has to know; it stands in a file."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from pipeline.errors import FileAccessError, ReadOnlyDeskError, ShortTokenError
from pipeline.web.desk.access.pace import Pace

_SHORTEST: Final = 16  # signs
_TRIES: Final = 10  # a minute, of all who ask together


@dataclass(frozen=True)
class WriteKey:
    """What who writes has to know; `needed` is false where only this machine reaches the desk and no token was made."""

    secret: str | None = None
    needed: bool = False
    _tries: Pace = field(default_factory=lambda: Pace(_TRIES), compare=False)

    def proof(self, browser: str) -> str:
        """What a browser keeps that has given the token: it tells nothing of it, and is of use to no other."""
        return hmac.new((self.secret or "").encode(), browser.encode(), sha256).hexdigest() if self.secret else ""

    def allows(self, browser: str, proof: str) -> bool:
        """Whether a browser may write."""
        if not self.needed:
            return True
        return bool(self.secret) and hmac.compare_digest(self.proof(browser).encode(), proof.encode())

    def opens(self, typed: str) -> bool:
        """Whether this is the token.

        Raises:
            ReadOnlyDeskError: nobody may write here.
            TooManyRequestsError: it was guessed at too often.
        """
        if not self.secret:
            raise ReadOnlyDeskError(file="--token-file")
        if not typed:
            return False
        self._tries.step("")
        return hmac.compare_digest(self.secret.encode(), typed.strip().encode())


def key_in(file: Path) -> str:
    """The token in a file; a file that is not there is made, for its owner alone.

    Raises:
        ShortTokenError: the token is shorter than one that nobody guesses.
        FileAccessError: the file can be neither read nor made.
    """
    try:
        if not file.exists():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as made:
                made.write(secrets.token_urlsafe(24) + "\n")
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileAccessError(file=str(file), reason=getattr(error, "strerror", None) or "UTF-8") from error
    if len(token) < _SHORTEST:
        raise ShortTokenError(file=str(file), least=_SHORTEST)
    return token


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address; a name of which that is not known is taken for another's."""
    try:
        return ip_address(host.partition("%")[0].strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
