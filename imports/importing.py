"""Import files, all of their rows or none."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cases.models import Attendance, Meeting, Mentee, Programme
from web import security_log
from web.danish import thousands

from . import sentences
from .layout import MEETINGS, SHEETS
from .planning import plan_import
from .problems import Problems
from .progress import WRITING, Progress, report_nothing
from .reading import read_files

BATCH_SIZE = 2_000


@dataclass
class ImportResult:
    """`counts` {sheet's name: Count}, {} if the files could not be read."""

    problems: Problems
    counts: dict
    written: bool = False
    possible_duplicates: int = 0

    @property
    def new(self):
        """['40 unge', '1 status']"""
        counts = [(sheet, self.counts[sheet.name].new) for sheet in SHEETS]
        return [count_label(sheet, number) for sheet, number in counts if number]

    @property
    def known(self):
        return sum(count.known for count in self.counts.values())

    @property
    def no_longer(self):
        return sum(count.no_longer for count in self.counts.values())

    @property
    def notes(self):
        known = sentences.known_rows(self.known, self.no_longer)
        return [note for note in (known, self.duplicates_sentence) if note]

    @property
    def duplicates_sentence(self):
        if not self.possible_duplicates:
            return ""
        return (
            f"{count_label(MEETINGS, self.possible_duplicates)} er på en dag, "
            "hvor registret allerede har et møde med den unge. Er det samme møde, rettet i arket, "
            "så ret det på den unges side og tag rækken ud af arket."
        )


def count_label(sheet, number):
    """'1 ung', '40 unge', '1.412 møder'"""
    noun = sheet.singular if number == 1 else sheet.plural
    return f"{thousands(number)} {noun}"


def import_files(
    programme,
    files,
    *,
    by,
    dry_run=False,
    keep_reach=False,
    report_progress=report_nothing,
    before_commit=lambda result: None,
):
    """Import `files`, [(name, bytes)], as the user `by`; return an ImportResult.

    Nothing is written if there are problems, or on a `dry_run`.
    `keep_reach` allows phone numbers and e-mails in notes.
    `report_progress` is called with a Progress.
    `before_commit` is called with the result in the transaction that writes; raising undoes it.
    """
    tables, problems = read_files(files, report_progress=report_progress)
    if problems:
        return ImportResult(problems, {})
    options = {"by": by, "keep_reach": keep_reach, "report_progress": report_progress}
    planned_at = Programme.objects.values_list("version", flat=True).get(pk=programme.pk)
    plan, problems = plan_import(programme, tables, **options)
    if dry_run or problems:
        return result_of(plan, problems)
    with transaction.atomic():
        # Others wait from here on to write; planning takes longer.
        locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        if locked.version != planned_at:  # somebody wrote meanwhile
            plan, problems = plan_import(programme, tables, **options)
        if problems:
            return result_of(plan, problems)
        save_plan(plan, report_progress)
        result = result_of(plan, problems, written=True)
        before_commit(result)
        facts = {"user": by.pk, "programme": programme.slug}
        security_log.record_after_commit("register_imported", **facts)
    return result


def result_of(plan, problems, written=False):
    return ImportResult(problems, plan.counts, written, plan.possible_duplicates)


def save_plan(plan, report_progress):
    """All rows are recorded at one moment."""
    now = timezone.now()
    meetings = [meeting for meeting, _ in plan.meetings]
    rows = [row for _, attendances in plan.meetings for row in attendances]
    topic_link = Attendance.topics.through
    for recorded in (plan.mentees, *plan.facts.values(), meetings):
        for instance in recorded:
            instance.recorded_at = now
    bulk_save(Mentee, plan.mentees, report_progress)
    for model, facts in plan.facts.items():
        bulk_save(model, facts, report_progress)
    bulk_save(Meeting, meetings, report_progress)
    bulk_save(Attendance, [attendance for attendance, _ in rows], report_progress)
    links = [
        topic_link(attendance_id=attendance.pk, topic_id=topic.pk)
        for attendance, topics in rows
        for topic in topics
    ]
    bulk_save(topic_link, links, report_progress)


def bulk_save(model, rows, report_progress):
    for start in range(0, len(rows), BATCH_SIZE):
        model.objects.bulk_create(rows[start : start + BATCH_SIZE])
        saved = min(start + BATCH_SIZE, len(rows))
        name = model._meta.verbose_name_plural
        report_progress(Progress(WRITING, name, saved, len(rows)))
