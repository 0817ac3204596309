"""Limits of a user's pages and files: a program that copies asks for more than people."""

from threading import Lock
from time import monotonic

from cachetools import TTLCache
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from mentorship.views import too_many_requests

FILES_IN_TEN_MINUTES = 60
USERS = 1_000  # counted at a time
MINUTE = 60  # seconds


class Counter:
    """In a window of `seconds`, in this process only."""

    def __init__(self, limit, seconds, timer=monotonic):
        self.limit = limit
        self._counts = TTLCache(USERS, seconds, timer=timer)
        self._lock = Lock()

    def is_over(self, user):
        """Count one more; return whether it is beyond the limit."""
        with self._lock:
            # Changed in place: the window is not prolonged.
            count = self._counts.setdefault(user, [0])
            count[0] += 1
            return count[0] > self.limit


class RequestLimit:
    """Answer 429 beyond `settings.REQUESTS_A_MINUTE` (None: no limits) and the limit of files.

    A view says with `is_file` that it answers one.
    """

    def __init__(self, get_response):
        if settings.REQUESTS_A_MINUTE is None:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.requests = Counter(settings.REQUESTS_A_MINUTE, MINUTE)
        self.files = Counter(FILES_IN_TEN_MINUTES, 10 * MINUTE)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user.pk
        if user is None:
            return None
        is_file = getattr(getattr(view, "view_class", None), "is_file", False)
        over = self.requests.is_over(user), is_file and self.files.is_over(user)
        return too_many_requests(request) if any(over) else None
