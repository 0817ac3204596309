"""The session engine: how long a session lasts, and how it ends (docs/decisions/026-the-door.md).

`expire_date` of the row holds both ends, the absolute and the idle one; nothing else decides.
"""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import DatabaseError, connection
from django.db.models import CharField
from django.utils import timezone

from accounts.models import DEVICE, SIGNED_IN_AT, Session
from web import security_log
from web.prepared import prepared

LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)  # from signing in
IDLE = timedelta(minutes=30)
# Of somebody not signed in: it holds a password link, or a form sent after the session had ended.
ANONYMOUS = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=1)
IDLE_MINUTES = "idle_minutes"  # in the session: other than IDLE


@prepared(key=CharField())
def _stored(key):
    return Session.objects.filter(session_key=key)


class SessionStore(db.SessionStore):
    seen_at = None  # when its use was last noted in the row

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        row = next(_stored(key=self.session_key), None)
        if row is not None and row.expire_date > timezone.now():
            self.seen_at = row.seen_at
            return row
        self._session_key = None
        if row is not None and row.user_id:
            is_idle = row.expire_date < row.signed_in_at + LONGEST
            why = "idle" if is_idle else "eight_hours"
            security_log.record("session_ended", user=row.user_id, why=why)
        return None

    def sign_in(self, device):
        """`device`: in words."""
        self[SIGNED_IN_AT], self[DEVICE] = timezone.now().timestamp(), device

    def get_expiry_date(self, **kwargs):
        now = timezone.now()
        if SESSION_KEY not in self:
            return now + ANONYMOUS
        end = datetime.fromtimestamp(self.get(SIGNED_IN_AT, 0), UTC) + LONGEST
        idle = timedelta(minutes=self[IDLE_MINUTES]) if IDLE_MINUTES in self else IDLE
        return min(end, now + idle)

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id, row.seen_at = data.get(SESSION_KEY), timezone.now()
        return row

    def note_use(self):
        """At most once a minute: reading should not write."""
        now = timezone.now()
        if self.seen_at is None or now - self.seen_at < NOTED_EVERY:
            return
        row = Session.objects.filter(session_key=self.session_key)
        # A full disk or another writer: the page is read all the same, the next one tries again.
        with suppress(DatabaseError), without_waiting():
            row.update(seen_at=now, expire_date=self.get_expiry_date())


@contextmanager
def without_waiting():
    """On SQLite, raise OperationalError at once when somebody else is writing."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")


def note_use(get_response):
    """Middleware; must come after AuthenticationMiddleware."""

    def middleware(request):
        if request.user.is_authenticated:
            request.session.note_use()
        return get_response(request)

    return middleware


def end(sessions, why):
    """End the sessions of a queryset, and return how many there were."""
    rows = list(sessions)
    Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        security_log.record("session_ended", user=row.user_id, why=why)
    return len(rows)
