"""Refused requests in the log."""

import logging


class OneLineEach(logging.Filter):
    """Make a refusal (4xx) a warning without a traceback.

    Noise from outside must neither hide an error of ours nor ring an alarm. Django gives its
    records of requests a `status_code`.
    """

    def filter(self, record):
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
