"""Start an import in a process of its own, and ask how far it is.

The process (imports/import_process.py) is no child of a request: it goes on when the page is closed
and the worker is replaced. It holds its programme's lock, which the system takes back however it
ends.
"""

import pickle
import subprocess
import sys
from contextlib import contextmanager, suppress
from multiprocessing.connection import Client

from django.conf import settings
from django.core.files import locks

from .models import ImportRun

COMMAND = (
    sys.executable,
    "-c",
    "import sys; job = sys.stdin.buffer.read(); "  # first: whoever starts it waits for this
    "import django; django.setup(); from imports import import_process; import_process.run(job)",
)
STATE, END = "state", "end"  # questions to the process
SECONDS_TO_ANSWER = 5

started = []  # so that ended ones are reaped


class AlreadyRunning(Exception):
    """One import of a programme runs at a time."""


def start(run, files):
    """Save `run`, an ImportRun, and begin to import `files`, [(name, bytes)]. Raise AlreadyRunning.

    The process gets the files in a pipe; nothing of them is written anywhere.
    """
    with lock_of(run.programme_id, locks.LOCK_EX) as lock:
        for path in settings.VAR_DIR.glob(f"import-{run.programme_id}-*.sock"):
            ask(path, END)  # an earlier one that keeps its problems
            path.unlink(missing_ok=True)
        run.save()
        started[:] = [process for process in started if process.poll() is None]
        process = subprocess.Popen(  # noqa: S603 (our own program)
            COMMAND,
            stdin=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            pass_fds=[lock.fileno()],
            start_new_session=True,
        )
        started.append(process)
        with suppress(BrokenPipeError), process.stdin:
            pickle.dump((run.uuid, files, lock.fileno()), process.stdin)


@contextmanager
def lock_of(programme, kind):
    """The file is empty. Raise AlreadyRunning."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    with open(settings.VAR_DIR / f"import-{programme}.lock", "wb") as file:  # closing it unlocks
        if not locks.lock(file, kind | locks.LOCK_NB):
            raise AlreadyRunning
        yield file


def is_running(run):
    """Reads `run` anew when the process does not work on it."""
    if run.ended_at:
        return False
    try:
        with lock_of(run.programme_id, locks.LOCK_SH):
            run.refresh_from_db()  # it may have ended since it was read
            return False
    except AlreadyRunning:
        return ImportRun.objects.filter(programme=run.programme_id).first() == run


def state_of(run):
    """Return Progress or Problems; None if the process does not answer."""
    return ask(address_of(run), STATE)


def ask(path, question):
    with suppress(OSError, EOFError), Client(str(path), "AF_UNIX") as connection:
        connection.send(question)
        if connection.poll(SECONDS_TO_ANSWER):
            return connection.recv()
    return None


def address_of(run):
    """In var/, which is the site's user's alone."""
    return settings.VAR_DIR / f"import-{run.programme_id}-{run.uuid}.sock"
