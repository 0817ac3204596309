"""The process that imports/background.py starts.

It forks once: the worker imports, the process watches and answers. Problems quote the file, so they
stay in its memory, for a while.
"""

import logging
import multiprocessing
import os
import pickle
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Listener

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection

from .background import END, SECONDS_TO_ANSWER, address_of
from .importing import import_files
from .models import ImportRun, Outcome
from .problems import Problems

PROBLEMS_KEPT = 30 * 60  # seconds; the page is read while the file is mended

logger = logging.getLogger(__name__)


class NoAccess(Exception):
    """Whoever imports may not any longer."""


def run(job):
    """`job`: pickled (ImportRun's uuid, files, number of the lock's open file)."""
    os.nice(10)  # pages come first
    uuid, files, lock = pickle.loads(job)  # noqa: S301 (from our own process)
    import_run = ImportRun.objects.select_related("programme", "by").get(uuid=uuid)
    connection.close()  # the worker opens its own
    receiving, sending = multiprocessing.Pipe(duplex=False)
    fork = multiprocessing.get_context("fork")
    worker = fork.Process(target=work, args=(import_run, files, receiving, sending), daemon=True)
    worker.start()
    sending.close()
    del files, job
    watch = Watch(import_run)
    try:
        watch.follow(worker, receiving)
        os.close(lock)
        if isinstance(watch.state, Problems):
            time.sleep(PROBLEMS_KEPT)
    finally:
        watch.listener.close()  # removes the socket


def work(import_run, files, receiving, sending):
    """Send a Progress now and then and at last the Problems, or record how it ended."""
    receiving.close()  # or reporting would not fail when nobody watches any longer

    def before_commit(result):
        """In the transaction: rows and record are written together or not."""
        by = get_user_model().objects.get(pk=import_run.by_id)
        if not by.has_perm("cases.import_register", import_run.programme):
            raise NoAccess
        import_run.end(Outcome.IMPORTED, result.new, result.notes)
        sending.send(None)  # fails, and undoes everything, if nobody watches

    try:
        result = import_files(
            import_run.programme,
            files,
            by=import_run.by,
            dry_run=import_run.is_trial,
            keep_reach=import_run.keep_reach,
            report_progress=sending.send,
            before_commit=before_commit,
        )
    except NoAccess:
        import_run.end(Outcome.NO_ACCESS)
        return
    if result.problems:
        sending.send(result.problems)
    elif not result.written:
        import_run.end(Outcome.TRIED, result.new, result.notes)


class Watch:
    def __init__(self, import_run):
        self.run, self.state = import_run, None
        self.listener = Listener(str(address_of(import_run)), "AF_UNIX")
        threading.Thread(target=self.answer, daemon=True).start()

    def follow(self, worker, receiving):
        """Take what the worker reports until it has ended; end it when it takes too long."""
        deadline = time.monotonic() + settings.IMPORT_SECONDS
        with suppress(EOFError):
            while receiving.poll(max(0, deadline - time.monotonic())):
                self.state = receiving.recv() or self.state
                if isinstance(self.state, Problems):
                    self.record(Outcome.PROBLEMS)  # not before they can be asked for
            worker.kill()
            worker.join()
            self.record(Outcome.TOO_LONG)
        worker.join()
        self.record(Outcome.ENDED)

    def record(self, outcome):
        """Record the outcome unless it ended by itself: its own record comes first."""
        try:
            self.run.end(outcome)
        except DatabaseError:  # the page sees that nobody has the lock
            logger.error("The end of import %s was not recorded", self.run.uuid)
        finally:
            connection.close()

    def answer(self):
        while True:
            with suppress(OSError, EOFError), self.listener.accept() as asking:
                question = asking.recv() if asking.poll(SECONDS_TO_ANSWER) else ""
                if question == END:
                    os._exit(0)  # whoever asks removes the socket
                asking.send(self.state)
