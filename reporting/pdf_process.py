"""Draws PDFs in a process of its own, so that this one stays small and never waits for long.

Starting it takes two seconds, so it stays for some minutes.
"""

import atexit
import logging
import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress

from django.conf import settings

from .issue import draft_of

COMMAND = (
    sys.executable,
    "-c",
    "import django; django.setup(); from reporting import pdf_worker; pdf_worker.serve()",
)

logger = logging.getLogger(__name__)


class PDFNotFinished(RuntimeError):
    """Asking again may help."""


class DrawingProcess:
    """Draws one PDF after the other; started when needed."""

    def __init__(self, command=COMMAND):
        self.command = command
        self.lock = threading.Lock()
        self.process = None

    def draw(self, report, issue):
        """Raise PDFError, PDFUnavailable or PDFNotFinished."""
        deadline = time.monotonic() + settings.PDF_SECONDS
        if not self.lock.acquire(timeout=settings.PDF_SECONDS):
            raise not_finished("waited for another")
        try:
            answer = self.answer(report, issue, deadline)
        finally:
            self.lock.release()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def answer(self, report, issue, deadline):
        for _ in range(2):  # it may just have ended for want of work
            left = deadline - time.monotonic()
            try:
                return self.ask((report, issue, left), left)
            except (EOFError, OSError, pickle.UnpicklingError):
                self.end()
            if time.monotonic() >= deadline:
                raise not_finished(f"took longer than {settings.PDF_SECONDS} seconds")
        raise not_finished("the process ended")

    def ask(self, job, seconds):
        if self.process is None or self.process.poll() is not None:
            self.end()
            self.start()
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            pickle.dump(job, self.process.stdin)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)  # noqa: S301 (from our own process)
        finally:
            timer.cancel()

    def start(self):
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )

    def end(self):
        if self.process is not None:
            self.process.kill()
            with suppress(OSError), self.process:  # closes the pipes and waits
                self.process = None


def not_finished(why):
    logger.error("A PDF was not finished: %s", why)
    return PDFNotFinished(f"The PDF was not finished: {why}. Try again.")


process = DrawingProcess()
atexit.register(process.end)


def draw_pdf(report, issue=None):
    """As render_pdf; raise PDFNotFinished after settings.PDF_SECONDS, waiting included."""
    return process.draw(report, issue or draft_of(report))
