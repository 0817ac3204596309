import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from mentorship.checks import stop_if_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

UNREADABLE = "application/octet-stream; charset=unreadable"


class Application(WSGIHandler):
    def request_class(self, environ):
        """Django reads some of the request here, outside its own handling of errors.

        What cannot be read (a charset that is no text, too many parameters) is marked, so that
        `requests_are_utf8` answers with the page of 400.
        """
        try:
            return WSGIRequest(environ)
        except Exception:  # any codec of Python's may be named, each with errors of its own
            return WSGIRequest(environ | {"CONTENT_TYPE": UNREADABLE, "QUERY_STRING": ""})


django.setup(set_prefix=False)
stop_if_unsafe()
application = Application()
