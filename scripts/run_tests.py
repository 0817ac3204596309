"""Run all tests: SQLite, PostgreSQL, browser.

The summary lists what could not run; with CI=true that fails. Standard library only.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from site_variables import VARIABLES, has_key
from with_postgres import NO_POSTGRESQL, call, find_programs, stop_tidily

ROOT = Path(__file__).resolve().parent.parent
# By file, since tests of a file share what they load; in the order of conftest.py: slowest first.
A_PROCESS_EACH_CORE = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
NO_TESTS = 5  # pytest's exit status


@dataclass
class Run:
    name: str
    status: int = 0
    seconds: float = 0
    counts: Counter = field(default_factory=Counter)
    ran: set = field(default_factory=set)
    skipped: dict = field(default_factory=dict)  # test -> reason
    could_not: str = ""

    @property
    def result(self):
        if self.could_not:
            return f"DID NOT RUN: {self.could_not}"
        parts = [
            f"{self.counts[what]} {what}"
            for what in ("failed", "passed", "skipped", "xfailed")
            if self.counts[what]
        ]
        if self.status and not self.counts["failed"]:
            parts.insert(
                0,
                "no tests found"
                if self.status == NO_TESTS
                else f"pytest stopped with status {self.status}",
            )
        return f"{', '.join(parts)} in {self.seconds:.0f} s"


def run_pytest(name, *options, wrapper=()):
    print(f"\n==> Tests: {name}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        pytest = [
            sys.executable,
            "-m",
            "pytest",
            "--tb=short",
            f"--junitxml={junit}",
            *A_PROCESS_EACH_CORE,
        ]
        start = time.monotonic()
        status = call([*wrapper, *pytest, *options], cwd=ROOT)
        run = Run(name, status, time.monotonic() - start)
        if junit.exists():
            read_junit(junit, run)
    return run


def read_junit(path, run):
    for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314 (our own file)
        test = f"{case.get('classname')}.{case.get('name')}"
        result, reason = outcome(case)
        run.counts[result] += 1
        if result == "skipped":
            run.skipped[test] = reason
        else:
            run.ran.add(test)


def outcome(case):
    """(result, reason if skipped). JUnit lists expected failures as skipped."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed", None
    skipped = case.find("skipped")
    if skipped is None:
        return "passed", None
    return "xfailed" if skipped.get("type") == "pytest.xfail" else "skipped", skipped.get("message")


def what_could_not_run(runs):
    missing = [f"the tests on {run.name}: {run.could_not}" for run in runs if run.could_not]
    ran = set().union(*(run.ran for run in runs))
    skipped = {
        test: reason for run in runs for test, reason in run.skipped.items() if test not in ran
    }
    for reason, number in Counter(skipped.values()).items():
        missing.append(f"{number} {'test' if number == 1 else 'tests'}: {reason}")
    return missing


def summary(runs, strict):
    missing = what_could_not_run(runs)
    print("\n" + "=" * 34 + " make test " + "=" * 35)
    for run in runs:
        print(f"{run.name:<12}{run.result}")
    for line in missing:
        print(f"COULD NOT RUN  {line}")
    if missing:
        print(
            "That is a failure here, because CI=true."
            if strict
            else "With CI=true that would be a failure."
        )
    failed = any(run.status for run in runs) or (strict and bool(missing))
    print(
        "FAILED"
        if failed
        else "All that ran passed."
        if missing
        else "Everything ran, everything passed."
    )
    return int(failed)


def main():
    stop_tidily()
    for name in VARIABLES:  # the tests set their own
        os.environ.pop(name, None)
    if has_key(ROOT):
        return "SECRET_KEY is in .env: this clone is a real site. Run the tests in another clone."

    runs = [run_pytest("SQLite", "-m", "not browser")]
    if find_programs():
        wrapper = (sys.executable, "scripts/with_postgres.py")
        chosen = "not browser and not one_database"
        runs.append(run_pytest("PostgreSQL", "-m", chosen, wrapper=wrapper))
    else:
        runs.append(Run("PostgreSQL", could_not=NO_POSTGRESQL))
    runs.append(run_pytest("browser", "-m", "browser"))
    return summary(runs, strict=os.environ.get("CI") == "true")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
