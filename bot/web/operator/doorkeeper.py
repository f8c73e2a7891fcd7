"""Who may see the dashboard: a signed link opens it once, a session keeps it open for a while.

The link's secret and the session's are random and kept as digests only; the signature spares the store
forged ones. Both end with the administrator's place in ADMINS.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.newsroom.control import LINK, Pass, Passes

#: A session is good for so long.
SESSION = timedelta(hours=12)
#: Path under which all of the dashboard lies.
HOME = "/operator"
_LONGEST = 300


class Doorkeeper:
    """Lets administrators in, and nobody else."""

    def __init__(
        self,
        passes: Passes,
        admins: Collection[int],
        secret: str,
        now: Callable[[], datetime],
        address: str,
    ) -> None:
        """`secret` is known to every process of this bot and to nobody else; `address` precedes HOME."""
        key = hmac.new(secret.encode(), b"habarshy dashboard", hashlib.sha256).digest()
        self._signer = URLSafeTimedSerializer(key, salt="login")
        self._key = key
        self._passes = passes
        self._admins = frozenset(admins)
        self._now = now
        self._address = address

    async def invite(self, admin: int) -> str:
        """A link that lets this administrator in, once."""
        secret, now = secrets.token_urlsafe(32), self._now()
        await self._passes.issue(Pass.LOGIN, secret, admin, now + LINK, now)
        return f"{self._address}{HOME}/login?pass={self._signer.dumps(secret)}"

    def is_signed(self, token: str) -> bool:
        """Whether a link's token was made here, and lately; it may have been used."""
        return self._secret(token) is not None

    async def enter(self, token: str) -> str | None:
        """A new session's secret for a link's token, which counts no more; None where it does not count."""
        secret, now = self._secret(token), self._now()
        admin = await self._passes.spend(Pass.LOGIN, secret, now) if secret else None
        if admin is None or admin not in self._admins:
            return None
        session = secrets.token_urlsafe(32)
        await self._passes.issue(Pass.SESSION, session, admin, now + SESSION, now)
        return session

    async def admitted(self, session: str) -> int | None:
        """The administrator of a session; None where it has ended, or they are one no more."""
        if not session or len(session) > _LONGEST:
            return None
        admin = await self._passes.holder(Pass.SESSION, session, self._now())
        return admin if admin in self._admins else None

    async def leave(self, session: str) -> None:
        """End a session."""
        await self._passes.spend(Pass.SESSION, session, self._now())

    def stamp(self, session: str) -> str:
        """What a form of this session carries, so that no other site can send one."""
        return hmac.new(self._key, f"form {session}".encode(), hashlib.sha256).hexdigest()

    def is_stamped(self, session: str, stamp: str) -> bool:
        """Whether a form comes from a page of this session."""
        return hmac.compare_digest(self.stamp(session).encode(), stamp.encode("utf-8", "replace"))

    def _secret(self, token: str) -> str | None:
        if not token or len(token) > _LONGEST:
            return None
        try:
            return str(self._signer.loads(token, max_age=int(LINK.total_seconds())))
        except BadData:
            return None
