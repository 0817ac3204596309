"""What a PDF costs, and what others wait while PDFs are drawn and reports are issued.

    python bench/pdf.py
    python scripts/with_postgres.py python bench/pdf.py        PostgreSQL too
    GUNICORN_CMD_ARGS="--threads 4" python bench/pdf.py        gunicorn with threads

CPU time of a PDF against plain WeasyPrint of the same pages. Then one visitor of a site with two
workers asks for Min uge, alone and while others ask for PDFs without a pause, each of another day;
and saves meetings while reports are issued without a pause.
"""

import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from statistics import median

from exactly_once import MY_WEEK, Cast
from running_site import (
    BENCH,
    database_name,
    environment,
    is_postgres,
    leaving_tidily,
    run,
    running_site,
)
from visitor import Visitor, form_in

PDF = "/rapporter/kladde/pdf/?pr={}"
A_WHILE = 10  # seconds
RATIO, PATIENCE = 1.1, 1.3  # at most


def ratio():
    """Print {report: times plain WeasyPrint} as JSON."""
    import django

    django.setup()
    from reporting import pdf
    from reporting.issue import draft_of
    from reporting.tests.examples import ODD, REPORT_2019

    weasyprint, used = pdf.import_weasyprint(), []
    lay_out = pdf.lay_out

    def noted(html):
        used.append(html)
        return lay_out(html)

    def plain(html):
        site = {"base_url": pdf.BASE_URL, "url_fetcher": pdf.restricted_fetcher()}
        weasyprint.HTML(string=html, **site).write_pdf()

    pdf.lay_out = noted
    ratios = {}
    for name, report in {"2019": REPORT_2019, "long": ODD["many areas and quarters"]}.items():
        ours, theirs = [], []
        for _ in range(8):
            used.clear()
            ours.append(cpu_time(lambda report=report: pdf.render_pdf(report, draft_of(report))))
            theirs.append(cpu_time(lambda: plain(used[-1])))
        ratios[name] = median(ours[1:]) / median(theirs[1:])
    print(json.dumps(ratios))


def cpu_time(work):
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def meanwhile(*works):
    """Do the works again and again in threads; yield [number done]."""
    is_over, done = threading.Event(), [0]

    def repeat(work):
        while not is_over.is_set():
            work()
            done[0] += 1

    with ThreadPoolExecutor() as pool:
        repeating = [pool.submit(repeat, work) for work in works]
        try:
            yield done
        finally:
            is_over.set()
        for work in repeating:
            work.result()  # raises what it raised


def wait_times(work):
    """(median, longest) seconds."""
    seconds, end = [], time.monotonic() + A_WHILE
    while time.monotonic() < end:
        start = time.monotonic()
        work()
        seconds.append(time.monotonic() - start)
    return median(seconds), max(seconds)


def expect(answer, status):
    if answer.status != status:
        raise AssertionError(f"answered {answer.status} instead of {status}: {answer.text[:300]}")


def show(site):
    cast = Cast.of(site)
    mette, readers = cast.mentor, [cast.coordinator, signed_in(site)]
    days = cycle(date.today() - timedelta(days=n) for n in range(1, site.told["days"]))

    def draw(torben):
        expect(torben.get(PDF.format(next(days))), 200)

    def read():
        expect(mette.get(MY_WEEK), 200)

    def save():
        expect(mette.post(*cast.log_form()), 302)

    for work in (read, save, partial(draw, readers[0]), partial(draw, readers[1])):
        work()  # warm
    alone, saved_alone = wait_times(read), wait_times(save)
    for number in (1, 2):
        with meanwhile(*(partial(draw, reader) for reader in readers[:number])) as done:
            line(f"Min uge, {number} asking for PDFs", alone, wait_times(read), done)
    # Before the meetings: a report whose figures move is refused.
    early = (date.today() - timedelta(days=site.told["days"] - n) for n in range(1, 500))
    with meanwhile(lambda: issue(cast.coordinator, next(early))) as done:
        line("Saving, reports are issued", saved_alone, wait_times(save), done)
    print(site.errors(), end="")


def signed_in(site):
    return Visitor(site.port).sign_in(
        site.told["coordinator"], site.told["password"], site.told["codes"]
    )


def issue(torben, day):
    draft = f"/rapporter/kladde/?pr={day}"
    form = form_in(torben.get(draft), "pr", draft, to="/rapporter/ny/")
    location = torben.post(form.action, form.fields).location.removesuffix("tekster/")
    form = form_in(torben.get(location), "set", location)
    expect(torben.post(form.action, form.filled(forbehold="1")), 302)


def line(name, alone, beside, done):
    times = beside[0] / alone[0]
    print(
        f"  {name:30}{alone[0] * 1000:>8.0f}{beside[0] * 1000:>8.0f}{times:>7.2f}{PATIENCE:>6}"
        f"{beside[1] * 1000:>10.0f}{done[0]:>8}{' <' if times > PATIENCE else ''}",
        flush=True,
    )


def main():
    if sys.argv[1:] == ["ratio"]:
        return ratio()
    with leaving_tidily():
        server = os.environ.get("DATABASE_URL", "")
        ratios = json.loads(run(BENCH / "pdf.py", "ratio", env=environment("sqlite://:memory:")))
        for name, times in ratios.items():
            missed = " <" if times > RATIO else ""
            print(f"PDF, {name}: {times:.2f} x plain WeasyPrint, goal {RATIO}{missed}")
        for database in ("", server) if is_postgres(server) else ("",):
            os.environ["DATABASE_URL"] = database
            print(
                f"{database_name(database)}".ljust(32)
                + f"{'alone':>8}{'beside':>8}{'times':>7}{'goal':>6}{'longest':>10}{'PDFs':>8}"
            )
            with running_site("few") as site:
                show(site)
    print("Milliseconds, medians. < marks what is above its goal.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
