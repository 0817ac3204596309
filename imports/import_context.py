from collections import defaultdict

from django.core.exceptions import ValidationError

from cases.models import Match, Residence, StatusChange

from .existing import ExistingRegister
from .layout import MENTEES
from .plan import Plan
from .problems import Problems
from .progress import report_nothing
from .vocabulary import ProgrammeVocabulary

COLUMN_OF_FIELD = {"effective_on": "day", "held_on": "day"}


class ImportContext:
    """What the steps of planning share.

    `mentees` {key: Mentee}, recorded and new
    `new_facts` {model: {(key, day): PlannedFact}}
    `keys_with_errors` {sheet's name: keys} of which nothing is reported as missing
    """

    def __init__(self, programme, by, *, keep_reach=False, report_progress=report_nothing):
        self.programme, self.by, self.keep_reach = programme, by, keep_reach
        self.report_progress = report_progress
        self.vocabulary, self.existing = ProgrammeVocabulary(programme), ExistingRegister(programme)
        self.plan, self.problems = Plan(), Problems()
        self.mentees = dict(self.existing.mentees)
        self.new_facts = {StatusChange: {}, Residence: {}, Match: {}}
        self.keys_with_errors = defaultdict(set)
        self._mentors = None

    def add_error(self, sheet, row, error, key=None, values=None):
        """Put a model's ValidationError at its fields' columns; `values` are shown."""
        self.keys_with_errors[sheet.name].add(key)
        errors = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
        columns = {column.name: column for column in sheet.columns}
        for field, field_errors in errors.items():
            column = columns.get(COLUMN_OF_FIELD.get(field, field))
            value = (values or {}).get(column.name) if column else None
            for field_error in field_errors:
                self.problems.add(sheet, row, column, ValidationError(field_error.messages), value)

    def get_mentee(self, sheet, row, key):
        """Return None, with a problem unless the mentee's row has one, for an unknown key."""
        mentee = self.mentees.get(key)
        if mentee is None and key not in self.keys_with_errors[MENTEES.name]:
            sentence = "Nøglen står hverken på arket unge eller i registret."
            self.problems.add(sheet, row, sheet.column("key"), sentence, key)
        return mentee

    def mentor_id(self, key, on):
        """Return the mentor's pk or None; to be called after planning matches."""
        if self._mentors is None:
            self._mentors = defaultdict(dict)
            for (mentee_key, since), mentor in self.existing.current_facts[Match].items():
                self._mentors[mentee_key][since] = mentor
            for (mentee_key, since), planned in self.new_facts[Match].items():
                self._mentors[mentee_key][since] = planned.value
        days = [day for day in self._mentors[key] if day <= on]
        return self._mentors[key][max(days)] if days else None

    def is_new(self, key):
        return key not in self.existing.mentees

    def count(self, sheet):
        return self.plan.counts[sheet.name]
