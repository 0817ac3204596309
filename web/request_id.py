"""A random id for each request: in its log lines, on its error page, and in the answer."""

import logging
import secrets
from contextvars import ContextVar

from django.utils.functional import LazyObject, empty

current_request = ContextVar("current_request", default=None)


def give_request_id(get_response):
    """Must be the first middleware: every log line of the request has the id."""

    def middleware(request):
        request.id = secrets.token_hex(4)
        token = current_request.set(request)
        try:
            response = get_response(request)
        finally:
            current_request.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response

    return middleware


def request_id(request=None):
    """By default of the request being answered; "-" outside of one."""
    return getattr(request or current_request.get(), "id", "-")


def signed_in_user(request=None):
    """Return the user's key, or None; also while it is being found out."""
    user = getattr(request or current_request.get(), "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:
        return None
    return getattr(user, "pk", None)


class RequestId(logging.Filter):
    """Add `request_id` and `user`, a key or "-", to a log record."""

    def filter(self, record):
        # Django logs an answer after the middleware, with the request as an extra.
        request = getattr(record, "request", None)
        record.request_id, record.user = request_id(request), signed_in_user(request) or "-"
        return True
