"""Is a form saved once, whatever the network and the user do? Asked of a running site.

    python bench/exactly_once.py                     a few rounds of everything
    python bench/exactly_once.py --rounds 1000       1,000 rounds of equal forms of each kind,
                                                     500 of two editors, 200 of each loss
    python bench/exactly_once.py --without all       without the guards: must find doubled rows
    python bench/exactly_once.py --without keys      without the unique keys only: meetings can be
                                                     outrun on PostgreSQL, not on SQLite

SQLite; for PostgreSQL: python scripts/with_postgres.py python bench/exactly_once.py. Tests run a
few rounds (mentorship/tests/test_exactly_once.py).
"""

import argparse
import http.client
import secrets
import sys
import time
import uuid
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from typing import NamedTuple

from broken_copy import GUARDS, broken_copy
from running_site import TREE, WORKERS, database_name, running_site
from unreliable_proxy import unreliable_proxy
from visitor import Visitor, at_once, form_in

MY_WEEK = "/min-uge/"
AT_ONCE = range(2, 11)  # equal requests per round, in turn
SHOWN, LONG = 10, 300  # faults printed, and their length
A_FEW = 3  # minimum rounds: a loss has three kinds
A_WHILE = 60  # days ago: so nobody on Min uge has been met lately


@dataclass
class Tally:
    name: str
    rounds: int = 0
    requests: int = 0
    doubled: int = 0  # rows too many
    lost: int = 0  # rows or words missing
    wrong: int = 0  # rounds with an error or a needless question
    seconds: float = 0
    faults: list = field(default_factory=list)

    def count(self, round_, answers, rows, text=None, stored=None, fine=True):
        self.requests += len(answers)
        self.doubled += max(0, rows - 1)
        lost = rows == 0 or text != stored
        self.lost += lost
        self.wrong += not fine
        if rows != 1 or lost or not fine:
            told = ", ".join(f"{answer.status} {answer.location}" for answer in answers)
            words = f", typed {text!r}, stored {stored!r}" if lost else ""
            self.faults.append(f"{self.name}, round {round_}: {rows} rows{words}; answers {told}")


class Guarded(NamedTuple):
    """`written`: SQL and values that find the row."""

    visitor: Visitor
    address: str
    fields: dict
    written: tuple


@dataclass
class Cast:
    site: object
    mentor: Visitor
    coordinator: Visitor

    @classmethod
    def of(cls, site):
        people = (
            Visitor(site.port).sign_in(site.told[who], site.told["password"], site.told["codes"])
            for who in ("mentor", "coordinator")
        )
        return cls(site, *people)

    def __post_init__(self):
        self.days = self.free_days()

    def free_days(self):
        """Yield (young person, day) without a meeting."""
        today = date.fromisoformat(self.site.told["today"])
        for back in range(A_WHILE, self.site.told["days"]):
            for person in self.site.told["people"]:
                yield person, (today - timedelta(days=back)).isoformat()

    def log_form(self):
        person, day = next(self.days)
        form = self.mentor.form(f"/moeder/ny/?ung={person}", "note")
        return form.action, form.filled(day="other", held_on=day, note=a_note())

    def tap_form(self):
        """Udeblevet for the first person not met this week."""
        form = form_in(self.mentor.get(MY_WEEK), path=MY_WEEK, to="/udfald/")
        sql = (
            "SELECT m.id FROM cases_meeting m JOIN cases_attendance a ON a.meeting_id = m.id"
            " JOIN cases_mentee p ON a.mentee_id = p.id"
            " WHERE p.uuid = ? AND m.held_on = ? AND m.withdrawn_at IS NULL"
        )
        person = uuid.UUID(form.action.split("/")[2])
        written = (sql, person, self.site.told["today"])
        return Guarded(self.mentor, form.action, form.filled(udfald="no_show"), written)

    def correction_form(self, visitor, meeting):
        """(address, fields, name of the note)"""
        address = f"/moeder/{meeting}/"
        form = visitor.form(address, "submit_key")
        note = next(name for name in form.fields if name.endswith("-note"))
        return address, form.filled(**{note: a_note()}), note

    def take_in_form(self):
        name = f"Ung {a_word()}"
        return self.guarded(
            self.coordinator,
            "/unge/ny/",
            ("SELECT id FROM cases_mentee WHERE name = ?", name),
            name=name,
            born_on="2008-05-01",
            gender="male",
            area="ingen",
            mentor="ingen",
            status="school",
        )

    def agreement_form(self):
        person, what = next(self.days)[0], a_word()
        return self.guarded(
            self.mentor,
            f"/unge/{person}/aftale/",
            ("SELECT id FROM cases_agreement WHERE what = ?", what),
            what=what,
            responsible="mentee",
            kind="step",
            due_on=self.site.told["today"],
        )

    def pause_form(self):
        person, day = next(self.days)
        sql = (
            "SELECT p.id FROM cases_pause p JOIN cases_mentee m ON p.mentee_id = m.id"
            " WHERE m.uuid = ? AND p.effective_on = ? AND p.paused"
        )
        return self.guarded(
            self.mentor,
            f"/unge/{person}/pause/",
            (sql, uuid.UUID(person), day),
            reason="other",
            effective_on=day,
            last_day=day,  # else nobody would be left to tap on
        )

    def status_form(self):
        (person, day), detail = next(self.days), a_word()
        return self.guarded(
            self.mentor,
            f"/unge/{person}/status/",
            ("SELECT id FROM cases_statuschange WHERE detail = ?", detail),
            status="school",
            detail=detail,
            effective_on=day,
        )

    def guarded(self, visitor, page, written, **typed):
        form = form_in(visitor.get(page), path=page, to=page)  # not "Fortryd" of a message
        return Guarded(visitor, form.action, form.filled(**typed), written)

    def new_meeting(self):
        address, fields = self.log_form()
        self.mentor.post(address, fields)
        ((key,),) = self.site.rows(
            "SELECT uuid FROM cases_meeting WHERE submit_key = ?", key_of(fields)
        )
        return uuid.UUID(str(key))

    def undo(self, answer):
        """Return whether the tap was saved and undone, as Min uge offers."""
        page = self.mentor.get(answer.location)
        form = form_in(page, "csrfmiddlewaretoken")
        undone = (
            form.action.endswith("/fortryd/")
            and self.mentor.post(form.action, form.fields).status == 302
        )
        return ("Gemt:" in page.text or "Allerede gemt." in page.text) and undone

    def stored(self, fields):
        """(number of meetings saved from the form, the first one's note)"""
        sql = (
            "SELECT a.note FROM cases_meeting m LEFT JOIN cases_attendance a ON a.meeting_id = m.id"
            " WHERE m.submit_key = ?"
        )
        notes = [note for (note,) in self.site.rows(sql, key_of(fields))]
        return len(notes), notes[0] if notes else None

    def versions(self, meeting):
        sql = (
            "SELECT n.uuid FROM cases_meeting n JOIN cases_meeting o ON n.replaces_id = o.id "
            "WHERE o.uuid = ?"
        )
        return [uuid.UUID(str(key)) for (key,) in self.site.rows(sql, meeting)]


def a_word():
    """Letters only: digits could look like a CPR number."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(16))


def a_note():
    return f"Vi talte om {a_word()} & æøå."


def key_of(fields):
    return uuid.UUID(fields["submit_key"])


def redirects_to(answer, *places):
    return answer.status == 302 and answer.location.startswith(places)


def rounds_of(tally, most, seconds):
    """Yield round numbers up to `most` or for `seconds`, counted in the tally."""
    start = time.monotonic()
    while tally.rounds < most and (
        tally.rounds < A_FEW or not seconds or time.monotonic() - start < seconds
    ):
        yield tally.rounds
        tally.rounds += 1
        tally.seconds = time.monotonic() - start


def equal_forms(cast, most, seconds=None):
    tally, many = Tally("equal forms at once"), cycle(AT_ONCE)
    for n in rounds_of(tally, most, seconds):
        address, fields = cast.log_form()
        answers = at_once([(cast.mentor, address, fields)] * next(many))
        fine = all(redirects_to(answer, MY_WEEK) for answer in answers)
        if n == 0:
            after = cast.mentor.post(address, fields)
            fine = fine and "Allerede gemt." in cast.mentor.get(after.location).text
        rows, note = cast.stored(fields)
        tally.count(n, answers, rows, fields["note"], note, fine)
    return tally


def equal_taps(cast, most, seconds=None):
    tally, many = Tally("equal taps at once"), cycle(AT_ONCE)
    for n in rounds_of(tally, most, seconds):
        form = cast.tap_form()
        answers = at_once([form[:3]] * next(many))
        saved = [answer for answer in answers if redirects_to(answer, MY_WEEK)]
        rows = len(cast.site.rows(*form.written))
        fine = len(saved) == len(answers)
        fine = bool(saved) and cast.undo(saved[0]) and fine
        tally.count(n, answers, rows, fine=fine)
    return tally


def equal_guarded(cast, most, seconds=None, *, name, draw):
    tally, many = Tally(name), cycle(AT_ONCE)
    for n in rounds_of(tally, most, seconds):
        form = draw(cast)
        answers = at_once([form[:3]] * next(many))
        rows = len(cast.site.rows(*form.written))
        places = {(answer.status, answer.location) for answer in answers}
        tally.count(n, answers, rows, fine=len(places) == 1 and answers[0].status == 302)
    return tally


def two_editors(cast, most, seconds=None):
    """One wins, the other sees both texts and saves again."""
    tally, meeting = Tally("two editors at once"), cast.new_meeting()
    for n in rounds_of(tally, most, seconds):
        editors = (cast.mentor, cast.coordinator)
        forms = [cast.correction_form(editor, meeting) for editor in editors]
        answers = at_once(
            [
                (editor, address, fields)
                for editor, (address, fields, _) in zip(editors, forms, strict=True)
            ]
        )
        versions = cast.versions(meeting)
        statuses = [answer.status for answer in answers]
        if sorted(statuses) != [302, 409]:
            tally.count(n, answers, len(versions), fine=False)
            meeting = cast.new_meeting()
            continue
        (_, won, note), (_, typed, _) = (forms[statuses.index(status)] for status in (302, 409))
        loser, shown = editors[statuses.index(409)], answers[statuses.index(409)]
        form = form_in(shown, "submit_key", f"/moeder/{meeting}/")
        both = won[note].split()[3] in shown.text and form.fields[note] == typed[note]
        again = loser.post(form.action, form.fields)
        meeting = (cast.versions(versions[0]) or versions)[0]
        tally.count(n, [*answers, again], len(versions), fine=both and again.status == 302)
        if again.status != 302:
            meeting = cast.new_meeting()
    return tally


def lost_on_the_way(cast, most, seconds=None, loses="response"):
    """The user sends the form again."""
    tally = Tally(f"{loses} lost on the way")
    kinds = cycle((lost_form, lost_tap, lost_correction))
    with unreliable_proxy(cast.site.port) as proxy:
        for n in rounds_of(tally, most, seconds):
            next(kinds)(cast, proxy, loses, tally, n)
    return tally


def lost_form(cast, proxy, loses, tally, n):
    address, fields = cast.log_form()
    arrived = lose(cast, proxy, loses, address, fields)
    again = cast.mentor.post(address, fields)
    rows, note = cast.stored(fields)
    tally.count(n, [again], rows, fields["note"], note, arrived and redirects_to(again, MY_WEEK))


def lost_tap(cast, proxy, loses, tally, n):
    form = cast.tap_form()

    def rows():
        return len(cast.site.rows(*form.written))

    arrived = lose(cast, proxy, loses, form.address, form.fields, rows)
    again = cast.mentor.post(form.address, form.fields)
    saved = rows()
    undone = redirects_to(again, MY_WEEK) and cast.undo(again)
    tally.count(n, [again], saved, fine=arrived and undone)


def lost_correction(cast, proxy, loses, tally, n):
    meeting = cast.new_meeting()
    address, fields, note = cast.correction_form(cast.mentor, meeting)
    arrived = lose(cast, proxy, loses, address, fields)
    again = cast.mentor.post(address, fields)
    _, stored = cast.stored(fields)
    fine = arrived and again.status == 302
    tally.count(n, [again], len(cast.versions(meeting)), fields[note], stored, fine)


def lose(cast, proxy, loses, address, fields, rows=None):
    """Return whether the site got, or did not get, what the proxy lost.

    `rows` returns how many are saved; None: meetings by the form's submit key.
    """
    rows = rows or (lambda: cast.stored(fields)[0])
    proxy.loses = loses
    through = Visitor(proxy.port)
    through.cookies = cast.mentor.cookies
    try:
        through.post(address, fields)
    except (OSError, http.client.HTTPException):
        return rows() == (loses == "response")
    return False  # answered, so not lost


GUARDED = {
    "take_in": partial(equal_guarded, name="equal take-ins at once", draw=Cast.take_in_form),
    "agreement": partial(equal_guarded, name="equal agreements at once", draw=Cast.agreement_form),
    "pause": partial(equal_guarded, name="equal pauses at once", draw=Cast.pause_form),
    "status": partial(equal_guarded, name="equal status changes at once", draw=Cast.status_form),
}

# name: (round, share of the rounds asked for, at least)
KINDS = {
    "forms": (equal_forms, 1, 1),
    "taps": (equal_taps, 1, 1),
    "editors": (two_editors, 1 / 2, 1),
    "request": (partial(lost_on_the_way, loses="request"), 1 / 5, A_FEW),
    "response": (partial(lost_on_the_way, loses="response"), 1 / 5, A_FEW),
    **{name: (work, 1, 1) for name, work in GUARDED.items()},
}


def tallies(cast, kinds, rounds):
    for kind in kinds:
        work, share, least = KINDS[kind]
        yield work(cast, max(least, int(rounds * share)))


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument(
        "--without", choices=GUARDS, help="of a copy of the tree without its guards"
    )
    parser.add_argument(
        "--only", nargs="+", choices=KINDS, default=KINDS, metavar="KIND", help=", ".join(KINDS)
    )
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        tree = stack.enter_context(
            broken_copy(options.without) if options.without else nullcontext(TREE)
        )
        site = stack.enter_context(running_site("few", tree))
        return report(site, options)


def report(site, options):
    of = (
        f"a copy without its guards ({options.without})" if options.without else "the site as it is"
    )
    print(f"Exactly once: {of}, {database_name(site.database)}, gunicorn with {WORKERS} workers\n")
    print(
        f"{'':28}{'rounds':>8}{'requests':>10}{'doubled':>9}{'lost':>6}"
        f"{'wrong answers':>15}{'seconds':>9}"
    )
    faults, acquitted = [], []
    for tally in tallies(Cast.of(site), options.only, options.rounds):
        numbers = (
            f"{tally.rounds:>8}{tally.requests:>10}{tally.doubled:>9}{tally.lost:>6}"
            f"{tally.wrong:>15}"
        )
        print(f"{tally.name:28}{numbers}{tally.seconds:>9.0f}", flush=True)
        faults += tally.faults
        if not tally.faults:
            acquitted.append(tally.name)
    for line in (*faults[:SHOWN], site.errors()):
        if line:
            print(f"  {line[:LONG]}")
    print()
    if options.without:
        print("Convicted, as it should be." if faults else "NOT CONVICTED.")
        if faults and acquitted:
            print(f"Without a fault: {', '.join(acquitted)}.")
        return int(not faults)
    return int(bool(faults))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
