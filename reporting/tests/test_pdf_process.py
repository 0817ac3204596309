"""PDFs are drawn in a process of their own: one at a time, with a time limit."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from django.conf import settings as django_settings

from reporting.issue import DRAFT, draft_of
from reporting.pdf import PDFError, render_pdf
from reporting.pdf_process import DrawingProcess, PDFNotFinished
from reporting.pdf_worker import KEPT

from .commands import HANGS, SERVE, WORKER, drawing_process, run
from .examples import ODD, OPEN_SECOND, REPORT_2019

pytestmark = pytest.mark.one_database

# A worker that draws as this says instead of with WeasyPrint.
RANDOM = "import os; pdf_worker.render_pdf = lambda report, issue: os.urandom(8); "
SLOW = """
import time
def slow(report, issue):
    start = time.time()
    time.sleep(.4)
    return f"{start} {time.time()}".encode()
pdf_worker.render_pdf = slow
"""


def is_running(pid):
    with suppress(OSError), open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def reports(number):
    return [replace(REPORT_2019, programme=f"Indsats {n}") for n in range(number)]


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_what_was_drawn_before():
    long, short = ODD["many areas and quarters"], ODD["one ung"]
    expected = {report: render_pdf(report) for report in (short, OPEN_SECOND, long)}
    with drawing_process(WORKER + SERVE) as process:
        for report in (long, short, OPEN_SECOND, short, long):
            assert process.draw(report, draft_of(report)) == expected[report]
    with drawing_process(WORKER + SERVE) as process:
        assert process.draw(short, draft_of(short)) == expected[short]


def test_what_has_not_changed_is_not_drawn_again():
    first, *others = reports(KEPT + 1)
    with drawing_process(WORKER + RANDOM + SERVE) as process:
        drawn = process.draw(first, DRAFT)
        assert process.draw(replace(first), DRAFT) == drawn
        assert process.draw(first, replace(DRAFT, change="Et tal")) != drawn
        for other in others:
            process.draw(other, DRAFT)
        assert process.draw(first, DRAFT) != drawn, "more are kept than should be"


def test_the_asking_process_does_not_load_weasyprint():
    code = (
        "import django, sys; django.setup(); import mentorship.urls; "
        "from reporting.pdf_process import draw_pdf; "
        "from reporting.tests.examples import REPORT_2019; "
        "assert draw_pdf(REPORT_2019).startswith(b'%PDF'); "
        "assert not {'weasyprint', 'pikepdf', 'fontTools'} & sys.modules.keys()"
    )
    run(sys.executable, "-c", code)


def test_a_drawing_that_hangs_is_ended(settings, caplog):
    settings.PDF_SECONDS = 0.5
    with drawing_process(HANGS) as process:
        start = time.monotonic()
        with pytest.raises(PDFNotFinished, match=r"longer than 0\.5 seconds"):
            process.draw(REPORT_2019, DRAFT)
        assert 0.4 < time.monotonic() - start < 5
        assert process.process is None
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.getMessage() == "A PDF was not finished: took longer than 0.5 seconds"


def test_who_waits_for_another_of_the_same_process_does_not_wait_longer(settings):
    settings.PDF_SECONDS = 0.3
    process = DrawingProcess()
    with process.lock, pytest.raises(PDFNotFinished, match="waited for another"):
        process.draw(REPORT_2019, DRAFT)


def test_a_process_that_was_killed_is_started_again():
    with drawing_process(WORKER + SLOW + SERVE) as process:
        process.draw(REPORT_2019, DRAFT)
        killed = process.process.pid
        timer = threading.Timer(0.2, os.kill, [killed, signal.SIGKILL])
        timer.start()
        assert process.draw(OPEN_SECOND, DRAFT)
        assert process.process.pid != killed


def test_a_process_that_always_ends_is_given_up(caplog):
    ends = "import os; os._exit(1)"
    with drawing_process(ends) as process, pytest.raises(PDFNotFinished, match="process ended"):
        process.draw(REPORT_2019, DRAFT)
    assert "A PDF was not finished: the process ended" in caplog.text


def test_an_error_is_the_askers():
    broken = replace(REPORT_2019, enrolled=27)
    with drawing_process(WORKER + SERVE) as process, pytest.raises(PDFError, match="er ikke 27"):
        process.draw(broken, DRAFT)


def test_one_at_a_time_on_a_machine():
    times = []

    def draw(process, report):
        start, end = process.draw(report, DRAFT).split()
        times.append((float(start), float(end)))

    program = WORKER + SLOW + SERVE
    with drawing_process(program) as one, drawing_process(program) as other:
        asked = [(one, REPORT_2019), (other, OPEN_SECOND), (one, ODD["one ung"])]
        threads = [threading.Thread(target=draw, args=args) for args in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    times.sort()
    assert len(times) == 3
    assert all(end <= start for (_, end), (start, _) in pairwise(times))


def test_it_ends_when_it_has_nothing_to_do():
    program = WORKER + RANDOM + "pdf_worker.IDLE = .3" + SERVE
    with drawing_process(program) as process:
        process.draw(REPORT_2019, DRAFT)
        first = process.process
        wait_until(lambda: first.poll() is not None)
        assert first.returncode == 0
        assert process.draw(OPEN_SECOND, DRAFT), "it is started again"


ASKER = """
import sys, django; django.setup()
from reporting import pdf_process
from reporting.issue import DRAFT
from reporting.tests.examples import REPORT_2019
from django.conf import settings
settings.PDF_SECONDS = float(sys.argv[2])
process = pdf_process.DrawingProcess((sys.executable, "-c", sys.argv[1]))
process.start()
print(process.process.pid, flush=True)
process.draw(REPORT_2019, DRAFT)
print("drawn", flush=True)
import time; time.sleep(60)
"""


@pytest.mark.parametrize("kind", ["idle", "hanging"])
def test_it_does_not_outlive_who_asked(kind):
    """Also when the asking process is killed while a drawing hangs."""
    render = RANDOM if kind == "idle" else f"pdf_worker.render_pdf = lambda *_: exec({HANGS!r})"
    asker = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", ASKER, WORKER + render + SERVE, "20" if kind == "idle" else "2"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=django_settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "mentorship.settings"},
    )
    with asker:
        pid = int(asker.stdout.readline())
        if kind == "idle":
            assert asker.stdout.readline() == "drawn\n"
        else:
            time.sleep(1)
        assert is_running(pid)
        asker.kill()
    wait_until(lambda: not is_running(pid))
