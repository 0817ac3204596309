from typing import NamedTuple

from cases.models import Match, Residence
from web.danish import simplify


class Column(NamedTuple):
    name: str
    heading: str
    hint: str
    example: str
    empty: str = ""  # the error for an empty cell
    also: tuple[str, ...] = ()  # other accepted headings
    repeats: bool = True  # in problems; never names and notes


class Sheet(NamedTuple):
    name: str  # of the tab or the CSV file
    singular: str  # what a row is
    plural: str
    hint: str
    columns: tuple[Column, ...]

    def column(self, name):
        return next(column for column in self.columns if column.name == name)

    def column_with_heading(self, heading):
        wanted = simplify(heading)
        for column in self.columns:
            if wanted in {simplify(word) for word in (column.name, column.heading, *column.also)}:
                return column
        return None


NO_AREA, NO_MENTOR = Residence.NO_AREA, Match.NO_MENTOR

KEY = Column(
    "key",
    "nøgle",
    "Et nummer eller ord, I selv vælger, ét for hver ung. "
    "Det binder arkene sammen. Aldrig et CPR-nummer.",
    "7",
    empty="Skriv den unges nøgle.",
    also=("nr", "nummer", "id"),
)


def date_column(hint):
    return Column(
        "day", "dato", hint, "2026-03-01", empty="Vælg dagen.", also=("fra", "fra dag", "dag")
    )


def mentor_column(hint, empty="", also=("mentor", "mentors e-mail", "mentor mail")):
    return Column("mentor", "mentor e-mail", hint, "mette@koege.example", empty=empty, also=also)


AREA = Column(
    "area",
    "område",
    f"Et af indsatsens boligområder, eller “{NO_AREA}”.",
    "Hastrupparken",
    empty="Vælg boligområdet.",
    also=("boligområde", "bopæl"),
)
CHOOSE_MENTOR = f"Skriv mentors e-mail, eller “{NO_MENTOR}”."

MENTEES = Sheet(
    "unge",
    "ung",
    "unge",
    "Én række for hver ung, som det var den dag, den unge blev indskrevet.",
    (
        KEY,
        Column(
            "name",
            "navn",
            "Fornavn og efternavn, uden komma.",
            "Yusuf Hamdan",
            empty="Skriv den unges navn.",
            repeats=False,
        ),
        Column(
            "born_on",
            "født",
            "Kun datoen, ikke CPR-nummer.",
            "14.05.2007",
            empty="Skriv fødselsdagen.",
            also=("fødselsdag", "fødselsdato"),
        ),
        Column("gender", "køn", "dreng, pige eller andet.", "dreng", empty="Vælg køn."),
        Column(
            "enrolled_on",
            "indskrevet",
            "Dagen, forløbet begyndte.",
            "02.02.2026",
            empty="Vælg dagen.",
            also=("start",),
        ),
        AREA,
        mentor_column(f"Mentor fra den dag, eller “{NO_MENTOR}”.", empty=CHOOSE_MENTOR),
        Column(
            "criteria",
            "kriterier",
            "Hvorfor den unge er med; flere skilles med komma.",
            "frafaldstruet",
            also=("kriterie", "kriterium", "criterion"),
        ),
        Column("phone", "telefon", "", "20 12 34 56", also=("tlf", "mobil"), repeats=False),
        Column(
            "email",
            "e-mail",
            "Den unges egen.",
            "yusuf@mail.example",
            also=("mail", "den unges e-mail"),
            repeats=False,
        ),
        Column(
            "referred_by",
            "henvist af",
            "En af indsatsens samarbejdspartnere.",
            "UUV",
            also=("henvist",),
        ),
        Column(
            "own_goal",
            "mit mål",
            "Med den unges egne ord.",
            "Jeg vil have et job.",
            also=("mål",),
            repeats=False,
        ),
        Column(
            "own_goal_on",
            "mit mål sagt",
            "Dagen, den unge sagde det.",
            "02.02.2026",
            also=("sagt den",),
        ),
        Column(
            "informed_on",
            "brev",
            "Dagen, den unge fik brevet om sine oplysninger.",
            "02.02.2026",
            also=("har fået brevet om sine oplysninger", "oplyst"),
        ),
    ),
)
STATUSES = Sheet(
    "statusser",
    "status",
    "statusser",
    "Fra en dag har den unge en status. Hver ung skal have en fra indskrivningsdagen.",
    (
        KEY,
        date_column("Fra hvilken dag den gælder."),
        Column(
            "status",
            "status",
            "En af de ni.",
            "Ungecenter",
            empty="Vælg den nye status.",
            also=("ny status",),
        ),
        Column(
            "detail",
            "detalje",
            "Fx 10. klasse, FGU, fritidsjob.",
            "FGU",
            also=("uddybning",),
            repeats=False,
        ),
    ),
)
RESIDENCES = Sheet(
    "bopael",
    "flytning",
    "flytninger",
    "Kun når nogen flytter efter indskrivningen.",
    (KEY, date_column("Fra hvilken dag."), AREA),
)
MATCHES = Sheet(
    "mentorer",
    "mentorskift",
    "mentorskift",
    "Kun når nogen får en anden mentor efter indskrivningen.",
    (
        KEY,
        date_column("Fra hvilken dag."),
        mentor_column(f"Den nye mentor, eller “{NO_MENTOR}”.", empty=CHOOSE_MENTOR),
    ),
)
MEETINGS = Sheet(
    "moeder",
    "møde",
    "møder",
    "Én række for hver ung, der var eller skulle have været med.",
    (
        KEY,
        date_column("Dagen, mødet blev holdt."),
        Column(
            "form",
            "form",
            "Hvordan I mødtes.",
            "I boligområdet",
            empty="Vælg, hvordan I mødtes.",
            also=("måde",),
        ),
        Column(
            "minutes",
            "minutter",
            "Kun for et møde, der blev holdt.",
            "45",
            also=("min", "varighed"),
        ),
        Column(
            "outcome",
            "udfald",
            "Hvordan det gik.",
            "Afholdt",
            empty="Vælg, hvordan det gik.",
            also=("resultat",),
        ),
        Column(
            "note",
            "note",
            "Kort og nøgternt. Ingen CPR-numre, ingen navne på andre.",
            "",
            also=("noter",),
            repeats=False,
        ),
        mentor_column("Hvem der holdt mødet. Tom: den unges mentor den dag."),
        Column("place", "sted", "", "Biblioteket", repeats=False),
        Column("topics", "emner", "Flere skilles med semikolon.", "Job", also=("emne",)),
        Column(
            "group",
            "gruppe",
            "Rækker med samme ord her er ét fælles møde. Tom: hver række er et møde.",
            "tur 1",
            also=("fællesmøde",),
        ),
    ),
)
SHEETS = (MENTEES, STATUSES, RESIDENCES, MATCHES, MEETINGS)
ALSO_CALLED = {
    "ung": MENTEES,
    "status": STATUSES,
    "bopaele": RESIDENCES,
    "mentor": MATCHES,
    "moede": MEETINGS,
}

GUIDE, LISTS = "vejledning", "lister"  # sheets not imported


def sheet_named(name):
    """Found also as 'Bopæl' or 'MØDER'; None for other names."""
    sheets = ALSO_CALLED | {sheet.name: sheet for sheet in SHEETS}
    return sheets.get(simplify(name))
