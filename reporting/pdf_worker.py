"""The process that draws PDFs for reporting/pdf_process.py.

Jobs come pickled on standard input, answers go to standard output. It ends when the asking process
has ended, when it has had nothing to do for a while, and when a job takes too long.
"""

import os
import pickle
import sys
import threading
from contextlib import contextmanager

from cachetools import LRUCache
from django.conf import settings
from django.core.files import locks

from .pdf import PDFError, PDFUnavailable, identifier_of, render_pdf

IDLE = 120  # seconds
KEPT = 8  # PDFs, so that an unchanged draft is not drawn again


def serve():
    os.nice(5)  # pages come first
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    kept = LRUCache(KEPT)
    while True:
        try:
            with ending_after(IDLE):
                report, issue, seconds = pickle.load(jobs)  # noqa: S301 (from our own process)
            with ending_after(seconds):
                answer = draw(report, issue, kept)
            pickle.dump(answer, answers)
            answers.flush()
        except (EOFError, BrokenPipeError):  # nobody asks any more
            return


def draw(report, issue, kept):
    key = identifier_of(report, issue)
    if key in kept:
        return kept[key]
    try:
        with one_at_a_time():
            kept[key] = render_pdf(report, issue)
    except (PDFError, PDFUnavailable) as error:
        return error
    return kept[key]


@contextmanager
def one_at_a_time():
    """Wait for other processes of this site on this machine."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    with open(settings.VAR_DIR / "pdf.lock", "wb") as file:  # closing it unlocks
        locks.lock(file, locks.LOCK_EX)
        yield


@contextmanager
def ending_after(seconds):
    timer = threading.Timer(seconds, os._exit, [0])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
