import logging
import traceback


class OneLineEach(logging.Filter):
    """Make a refusal (4xx) a warning without a traceback: noise from outside must ring no alarm.

    Django's records of requests have a `status_code`.
    """

    def filter(self, record):
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class WithoutValues(logging.Formatter):
    """Write a traceback with files, lines and names of exceptions only.

    A message can quote a row or what somebody typed ("Failing row contains (..., Yusuf, ...)").
    """

    def formatException(self, exc_info):
        return "".join(told(exc_info[1]))


def told(error):
    """Yield the traceback's lines, after those of the error it came from."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from told(earlier)
        yield "\nwhich led to:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}"
