"""An import: files become rows of the register, all of them or none."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cases.models import Attendance, Meeting, Mentee, Programme

from .layout import MEETINGS, SHEETS
from .planning import plan
from .problems import Problems
from .reading import read

AT_ONCE = 2_000  # rows between two lines of progress


@dataclass
class ImportResult:
    """What came of it: `counts` {sheet's name: Count} of what is new and what was known, or the `problems`. `written`
    says whether the register has the new rows now. `on_taken_days`: new meetings on a day the register has another with
    the young person already.
    """

    problems: Problems
    counts: dict
    written: bool = False
    on_taken_days: int = 0

    @property
    def new(self):
        """What is new, in words: ['40 unge', '1 status']."""
        return [
            in_words(sheet, self.counts[sheet.name].new)
            for sheet in SHEETS
            if self.counts[sheet.name].new
        ]

    @property
    def known(self):
        """How many rows the register has had before."""
        return sum(count.known for count in self.counts.values())

    @property
    def no_longer(self):
        """How many of the known ones hold no longer: withdrawn, or mended since."""
        return sum(count.no_longer for count in self.counts.values())

    @property
    def maybe_twice(self):
        """The sentence that asks about new meetings that may be known ones, mended in the sheet; '' without any."""
        if not self.on_taken_days:
            return ""
        return (
            f"{in_words(MEETINGS, self.on_taken_days)} er på en dag, hvor registret allerede har et møde med den unge. "
            "Er det samme møde, rettet i arket, så ret det på den unges side og tag rækken ud af arket."
        )


def in_words(sheet, number):
    """'1 ung', '40 unge', '1.412 møder'"""
    return f"{number:,} {sheet.title if number == 1 else sheet.titles}".replace(",", ".")


def import_files(programme, files, *, by, dry_run=False, keep_reach=False, say=lambda line: None):
    """Read `files`, [(name, bytes)], and write what is new into the programme's register, recorded by the user `by`.

    Nothing is written when anything is wrong, or on a `dry_run`. `keep_reach`: phone numbers and e-mails in notes are
    the young people's own. `say` is told how far it has come, a line at a time. Returns an Outcome.
    """
    tables, problems = read(files, say=say)
    if problems:
        return ImportResult(problems, {})
    if dry_run:
        planned, problems = plan(programme, tables, by=by, keep_reach=keep_reach, say=say)
        return ImportResult(problems, planned.counts, on_taken_days=planned.on_taken_days)
    with transaction.atomic():
        # Of two imports at once the second waits here, and then finds what the first has written.
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        planned, problems = plan(programme, tables, by=by, keep_reach=keep_reach, say=say)
        if not problems:
            write(planned, say)
    return ImportResult(
        problems, planned.counts, written=not problems, on_taken_days=planned.on_taken_days
    )


def write(planned, say):
    """Write the plan, all of it as recorded at one moment."""
    moment = timezone.now()
    meetings = [meeting for meeting, _ in planned.meetings]
    attendances = [attendance for _, told in planned.meetings for attendance, _ in told]
    for recorded in (planned.mentees, *planned.facts.values(), meetings):
        for row in recorded:
            row.recorded_at = moment
    save(Mentee, planned.mentees, say)
    for kind, facts in planned.facts.items():
        save(kind, facts, say)
    save(Meeting, meetings, say)
    save(Attendance, attendances, say)
    link = Attendance.topics.through
    topics = [
        (attendance, topic)
        for _, told in planned.meetings
        for attendance, topics in told
        for topic in topics
    ]
    save(
        link,
        [link(attendance_id=attendance.pk, topic_id=topic.pk) for attendance, topic in topics],
        say,
    )


def save(model, rows, say):
    for start in range(0, len(rows), AT_ONCE):
        model.objects.bulk_create(rows[start : start + AT_ONCE])
        say(
            f"{model._meta.verbose_name_plural}: {min(start + AT_ONCE, len(rows)):,} of {len(rows):,} written"
        )
