"""The goals that are not about one page, each beside its figure.

python bench/goals.py
python scripts/with_postgres.py python bench/goals.py       PostgreSQL too

Figures of eight quarters against SQL by hand; the memory of a worker of gunicorn that has answered
every page; the CPU time of what `make demo` does before it serves, the second time.
"""

import json
import os
import resource
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from running_site import (
    BENCH,
    TREE,
    database_name,
    empty_database,
    environment,
    fill,
    gunicorn,
    is_postgres,
    leaving_tidily,
    run,
)
from visitor import Visitor

FIGURES, MEMORY, DEMO = 4, 110, 5  # times the SQL by hand, MB, CPU seconds; at most
PAGES = {
    "mette": ("/hjaelp/", "/min-uge/", "/unge/", "/moeder/ny/"),
    "torben": (
        *("/unge/?status=alle", "/overblik/", "/overblik/?kontakt=omraade", "/mangler/"),
        *("/overblik/tabel/mentorer.xlsx", "/rapporter/", "/rapporter/kladde/"),
    ),
}
LOG_FORM, PDF = "/moeder/ny/?ung={}", "/rapporter/kladde/pdf/"
TIMES = 20  # each page, so that all is kept


def figures(env):
    """Return how many times the SQL by hand they cost."""
    ours, by_hand = json.loads(run(BENCH / "timed_figures.py", env=env).splitlines()[-1])
    return ours / by_hand


def memory(env, told, log):
    """Return the MB (resident) of the largest worker of gunicorn after every page, meeting and PDF.

    The process that draws PDFs is no worker.
    """
    with gunicorn(env, log, workers=1) as port:
        for key, paths in PAGES.items():
            visitor = Visitor(port)
            visitor.sign_in(told["users"][key], told["password"], told["codes"])
            about_each = [f"/unge/{uuid}/" for uuid in told["mine"]]
            for path in (*paths, *about_each) * TIMES:
                expect(200, visitor.get(path), path)
            if key == "torben":
                expect(200, visitor.get(PDF), PDF)
                continue
            for path in map(LOG_FORM.format, told["mine"]):
                form = visitor.form(path, having="note")
                expect(302, visitor.post(path, form.filled(note="Vi talte om skolen.")), path)
        return max(resident(worker) for master in children() for worker in children(master))


def expect(status, answer, path):
    if answer.status != status:
        raise SystemExit(f"{path} answered {answer.status}")


def children(process="self"):
    """Ids of those that the process has started."""
    return [
        child
        for task in Path(f"/proc/{process}/task").glob("*/children")
        for child in task.read_text().split()
    ]


def resident(process):
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def demo(env, folder):
    """CPU seconds of the programs of scripts/demo.sh on a demo that is loaded."""
    report = ("koege-2018", "--on", "2019-03-01", "--format", "pdf", "--output", folder / "r.pdf")
    programs = (
        ("migrate", "--skip-checks"),
        ("createcachetable",),
        ("load_demo", "--force"),
        ("status_report", "--skip-checks", *report),
        ("demo_reports",),
    )
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for program in programs:
            run(TREE / "manage.py", *program, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(server):
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        database = stack.enter_context(empty_database(folder, server))
        env = environment(database, PYTHONPATH=os.pathsep.join((str(TREE), str(BENCH))))
        told = fill("demo 10", env=env)
        lines = [
            ("Figures of 8 quarters, times SQL by hand", figures(env), FIGURES),
            ("Memory of a worker, MB", memory(env, told, folder / "log"), MEMORY),
        ]
        if not server:  # always on SQLite
            lines.append(("make demo, warm, CPU seconds", demo(env, folder), DEMO))
    print(f"{database_name(database):44}{'':>8}{'goal':>6}")
    for label, figure, goal in lines:
        print(f"  {label:42}{figure:>8.1f}{goal:>6}{' <' if figure > goal else ''}", flush=True)


def main():
    server = os.environ.get("DATABASE_URL", "")
    with leaving_tidily():
        for database in ("", server) if is_postgres(server) else ("",):
            show(database)
    print("< marks a figure above its goal.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
