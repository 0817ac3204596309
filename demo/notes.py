"""Notes of mentors: short and factual, naming nobody else.

A line per note: statuses it fits | forms | topics | note. Empty statuses fit all.
"""

from collections import defaultdict, deque
from typing import NamedTuple

from cases.models import AttendanceOutcome, MeetingFormat

from .tables import rows

MET = """
- | area | Hverdag og søvn
  | Talte om døgnrytmen. {name} prøver at lægge telefonen fra sig klokken 23.
- | area, out | Hverdag og søvn
  | {name} er oppe til tiden de fleste dage. Vi holder fast i den samme rytme i weekenden.
- | area | Hverdag og søvn
  | En stille uge. Vi gennemgik kalenderen og fandt en fast dag til indkøb og vask.
- | area | Økonomi | Lagde et budget sammen. {name} vil lægge 200 kr. til side om måneden.
- | area, video | Økonomi | Gennemgik digital post sammen og fik svaret på to breve.
- | phone | Økonomi | {name} ringede om et brev fra banken. Vi læste det sammen.
- | area | Bolig | Så på ledige ungdomsboliger sammen. {name} er nu skrevet op to steder.
education, work | out | Bolig | Hjalp med ansøgningen om boligstøtte. Den er sendt.
- | area | Familie
  | {name} hjælper meget til derhjemme. Vi talte om, hvordan der også bliver tid til venner.
- | out | Familie
  | Gik en tur og talte om, hvordan det går derhjemme. {name} er glad for støtten fra familien.
- | area | Fritid | Spillede bold sammen. God stemning. {name} vil gerne begynde i klubben igen.
- | out | Fritid | Så på fitnesscentret sammen. {name} fik en prøvetime og vil tilbage på torsdag.
- | message | Hverdag og søvn | Skrev frem og tilbage om ugens planer. Alt går, som det skal.
- | phone | Fritid | Kort samtale i telefonen. {name} har det godt og glæder sig til weekenden.
school, education | wake_up | Hverdag og søvn
  | Ringede klokken 6.45. {name} nåede bussen og mødte til tiden.
school, education | area | Uddannelse | Fraværet er faldet siden sidst. {name} er selv tilfreds.
school, education | out | Uddannelse
  | Læste på biblioteket. {name} fik afleveret den opgave, der manglede.
school, education | area | Uddannelse
  | En svær uge med meget fravær. Vi talte om, hvad der skal til på mandag.
school, education | video | Uddannelse
  | Gennemgik skemaet for de næste uger og skrev afleveringerne ind i kalenderen.
school, education | phone | Uddannelse | Ringede efter prøven. {name} bestod og var stolt.
school, education | message | Uddannelse
  | {name} skrev, at dagen var gået godt, og at opgaven var afleveret.
education | accompanied | Uddannelse
  | Var med til samtale med vejlederen. Der er lagt en plan for de næste fire uger.
education | area | Uddannelse, Fritid | {name} fortalte om sit hold og er begyndt at falde til.
education | out | Uddannelse, Job
  | Øvede en opringning til en virksomhed om læreplads. {name} ringede bagefter selv.
school | accompanied | Uddannelse | Var med til samtale på skolen. Skolen er tilfreds med fremmødet.
school | area | Uddannelse
  | Talte om tiden efter sommerferien. {name} vil gerne se en erhvervsskole indefra.
youth_centre | accompanied | Uddannelse
  | Var med til samtale i Ungecenteret. {name} sagde selv, hvad planen skal være.
youth_centre | accompanied | Job
  | Gik med ind i butikken, hvor {name} afleverede en ansøgning og selv førte ordet.
youth_centre | area | Job | Skrev på cv'et sammen. Det er næsten færdigt.
youth_centre | area | Job, Fritid | Så på opslag om fritidsjob. {name} valgte to at søge.
youth_centre | out | Uddannelse
  | Besøgte de åbne værksteder på erhvervsskolen. {name} stillede mange spørgsmål.
youth_centre | area | Uddannelse
  | {name} er i tvivl om det næste skridt. Vi skrev tre muligheder ned.
youth_centre | phone | Job
  | Øvede en jobsamtale over telefonen. {name} blev bedre til at fortælle om sig selv.
youth_centre | wake_up | Hverdag og søvn
  | Vækkede klokken 7.30. {name} kom af sted til Ungecenteret.
youth_centre | area | Økonomi, Bolig | Talte om de regninger, der skal betales først.
youth_centre | out | Uddannelse, Job
  | Gik en lang tur og talte om, hvad der skal være anderledes denne gang.
agreement | area | Uddannelse, Job
  | Talte om den første dag. {name} glæder sig og er også lidt nervøs.
agreement | out | Hverdag og søvn | Prøvede turen med bus, så vejen er kendt inden start.
agreement | phone | Job | Fik styr på de papirer, der skal med den første dag.
agreement | accompanied | Job | Var med til mødet om aftalen. Alle har nu skrevet under.
work | area | Job | {name} har haft mange vagter og er træt, men glad for arbejdet.
work | phone | Job, Økonomi | Gennemgik lønsedlen sammen. Skattekortet er nu rettet.
work | out | Job, Uddannelse | Drak kaffe efter vagten og talte om en mulig læreplads samme sted.
work, internship | area | Job | {name} har fået ros for at komme til tiden.
work, internship | wake_up | Job, Hverdag og søvn | Ringede klokken 5.45. {name} var allerede oppe.
work, internship | message | Job | {name} skrev, at dagen var gået godt.
internship | accompanied | Job | Var med til samtale på praktikstedet. De er glade for indsatsen.
internship | area | Job, Uddannelse
  | Talte om, hvad praktikken skal føre til. {name} vil gerne blive i faget.
clarification | accompanied | Hverdag og søvn
  | Fulgtes til samtalen. {name} ville gerne have selskab på vejen.
clarification | area, out | Fritid
  | En kort tur. {name} bestemte tempoet, og vi talte mest om musik.
clarification | phone | Hverdag og søvn | Kort opkald. {name} har haft en rolig uge.
clarification | area | Familie | Vi talte om, hvem der kan hjælpe i hverdagen.
"""

NO_SHOW = """
- | area | | {name} kom ikke. Jeg har skrevet og foreslået en ny tid.
- | area | | Ventede et kvarter. {name} skrev senere, at det var glemt.
- | area | | {name} mødte ikke op. Vi taler om det næste gang.
- | area | Hverdag og søvn | {name} sov over sig og skrev selv bagefter.
- | accompanied | | {name} kom ikke til samtalen. Der er bedt om en ny tid.
- | area | | -
"""

TRIED = """
- | phone | | Ringede to gange uden svar.
- | phone | | Lagde en besked på telefonsvareren.
- | message | | Skrev en besked. Intet svar endnu.
- | message | | Skrev og foreslog to tider. {name} så beskeden, men svarede ikke.
- | area | | Bankede på. Der var ingen hjemme.
- | phone | | Ringede. {name} var optaget og ville skrive senere.
"""

CANCELLED_BY_MENTEE = """
- | area | | {name} meldte afbud samme dag. Ny tid er aftalt.
- | area | | {name} skulle hjælpe til derhjemme og meldte afbud i god tid.
- | area | | {name} meldte afbud. Vi ses i næste uge.
work, internship | area | Job | {name} fik en ekstra vagt og meldte afbud.
school, education | area | Uddannelse | {name} havde en aflevering og meldte afbud.
"""

CANCELLED_BY_MENTOR = """
- | area | | Jeg måtte aflyse på grund af et akut møde. Ny tid er aftalt.
- | area | | Jeg var på kursus og har skrevet til {name}.
- | area | | Jeg var syg.
"""

FIRST = """
- | area | Hverdag og søvn | Første samtale. Vi aftalte at mødes hver uge.
- | area | Uddannelse | Første møde. {name} fortalte, hvad der er vigtigt lige nu.
- | area | Fritid | Hilste på hinanden. Gennemgik, hvad jeg skriver ned, og hvem der kan læse det.
- | out | Uddannelse, Job | Første samtale over en kop kaffe. {name} ville gerne selv fortælle.
"""

# The meeting has one place and form; a line per person.
GROUP = """
- | area | Fritid | Spiste sammen med gruppen. {name} var med til at lave mad.
- | area | Fritid, Familie | Fællesspisning. {name} blev til det sidste og hjalp med at rydde op.
- | area | Fritid | Spillede fodbold med gruppen. God energi.
- | area | Uddannelse, Job | Gruppen talte om at søge læreplads. {name} delte egne erfaringer.
- | area | Hverdag og søvn | Var med i gruppen. {name} lyttede mest, men kom tidligt.
"""


class Note(NamedTuple):
    statuses: tuple[str, ...]
    forms: tuple[MeetingFormat, ...]
    topics: tuple[str, ...]
    text: str


def words(cell):
    return tuple(cell.split(", ")) if cell else ()


def notes(table):
    return [
        Note(
            words(statuses),
            tuple(MeetingFormat(form) for form in words(forms)),
            words(topics),
            text,
        )
        for statuses, forms, topics, text in rows(table)
    ]


FIRST_NOTES = notes(FIRST)
GROUP_NOTES = notes(GROUP)
NOTES = {
    AttendanceOutcome.MET: notes(MET),
    AttendanceOutcome.NO_SHOW: notes(NO_SHOW),
    AttendanceOutcome.TRIED: notes(TRIED),
    AttendanceOutcome.CANCELLED_BY_MENTEE: notes(CANCELLED_BY_MENTEE),
    AttendanceOutcome.CANCELLED_BY_MENTOR: notes(CANCELLED_BY_MENTOR),
}


class Pen:
    """Does not choose what was used lately for the same person."""

    def __init__(self, rng, memory=8):
        self.rng = rng
        self._lately = defaultdict(lambda: deque(maxlen=memory))

    def choose(self, possible, mentee, status):
        lately = self._lately[mentee]
        fitting = [note for note in possible if not note.statuses or status in note.statuses]
        note = self.rng.choice([note for note in fitting if note not in lately] or fitting)
        lately.append(note)
        return note._replace(text=note.text.format(name=mentee.given_name))
