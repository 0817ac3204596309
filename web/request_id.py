"""A random id for each request: in its log lines, on the page of an error, and in the answer."""

import logging
import secrets
from contextvars import ContextVar

current_request = ContextVar("current_request", default=None)


def give_request_id(get_response):
    """Middleware; must be the first one, so that every log line of the request has the id."""

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
    """Return the id of the request, by default the one being answered; "-" outside of one."""
    return getattr(request or current_request.get(), "id", "-")


class RequestId(logging.Filter):
    """Add `request_id` to a log record."""

    def filter(self, record):
        # Django logs an answer after the middleware, with the request as an extra.
        record.request_id = request_id(getattr(record, "request", None))
        return True
