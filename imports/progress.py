from typing import NamedTuple

from web.danish import thousands

READING, CHECKING, PLANNING, WRITING = "reading", "checking", "planning", "writing"
EVERY = 1_000  # rows

LINES = {
    READING: "{of}: read",
    CHECKING: "{of}: {done:,} of {total:,} rows checked",
    PLANNING: "{of}: {done:,} of {total:,} compared with the register",
    WRITING: "{of}: {done:,} of {total:,} written",
}
SENTENCES = {
    READING: "Læser filen. Arket {of} er læst.",
    CHECKING: "Prøver arket {of}: {done} af {total} rækker.",
    PLANNING: "Sammenligner arket {of} med registret: {done} af {total}.",
    WRITING: "Skriver {of}: {done} af {total}.",
}


class Progress(NamedTuple):
    """`of`: the sheet, or what is written; `done` of `total` of its rows."""

    step: str
    of: str
    done: int = 0
    total: int = 0

    @property
    def line(self):
        return LINES[self.step].format(**self._asdict())

    @property
    def sentence(self):
        numbers = {"done": thousands(self.done), "total": thousands(self.total)}
        return SENTENCES[self.step].format(of=self.of, **numbers)


def report_nothing(progress):
    pass


def counted(rows, report_progress, step, of):
    """Report before some of the rows."""
    for done, row in enumerate(rows):
        if done % EVERY == 0:
            report_progress(Progress(step, of, done, len(rows)))
        yield row
