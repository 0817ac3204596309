"""Refused requests in the log."""

import logging


class OneLineEach(logging.Filter):
    """Take the traceback from a refusal (4xx): noise from outside must not hide an error of ours.

    Django gives its records of requests a `status_code`.
    """

    def filter(self, record):
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
