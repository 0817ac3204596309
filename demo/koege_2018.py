"""Køge as the school committee read about it on 3 April 2019: the published figures, and 26
invented young people.

Ends on 1 March 2019 and is the same whenever it is loaded.
"""

from datetime import date
from random import Random

from cases.models import KeyFigure, Programme, Role
from cases.weekly_contact import Mark, expected
from web.weeks import Week, last_weeks

from . import agreements, koege_earlier, meetings
from .scenario import Scenario
from .town import set_up
from .weekly import MISSES, Weekly, likely_mark

SLUG = "koege-2018"
UNTIL = date(2019, 3, 1)

SOURCE = (
    "Projektbeskrivelse for Unge Mænd med Mål, 2014 (særkørsel fra Danmarks Statistik 31.12.2005 "
    "og 1.1.2010)"
)
# What | in the four areas together | in Køge Kommune. None are published for a single area.
KEY_FIGURES = (
    ("Beboere", "5.219", ""),
    ("Under 25 år", "ca. 40 %", ""),
    ("Grundskole som højeste uddannelse", "ca. 60 %", "34 %"),
    ("På kontanthjælp", "25 %", ""),
)

# Days are day/month from June 2018 to May 2019; others have a year.
PEOPLE = """
Rami Saleh | m 2000-09-21 | 6/6 | Karlemoseparken | anders | UUV
  | youth_centre > 13/8 education (grundforløb 1) > 21/1 education (grundforløb 2, smed)
Kristian Boje | m 1997-02-11 | 11/6 | Hastrupparken | anders | Køge Jobcenter
  | youth_centre > 20/8 work (lager, 20 timer) > 3/12 work (lager, fuld tid)
Idris Noori | m 1999-05-30 | 14/6 | Ellemarken > 1/10 Karlemoseparken | anders | SSP
  | youth_centre > 27/8 internship (tømrer) > 22/10 agreement (elevplads hos tømrer)
  > 4/2 completed (elevplads)
Emre Tekin | m 2001-01-08 | 20/6 | Hastrupparken | anders | UUV
  | youth_centre > 3/9 agreement (hf-enkeltfag fra oktober) > 15/10 education (hf-enkeltfag)
Simon Krag | m 1996-11-03 | 25/6 | Ellemarken | anders | Køge Jobcenter
  | youth_centre > 20/8 internship (rengøring) > 1/10 work (rengøring)
Ahmad Zaher | m 2000-03-27 | 2/7 | Karlemoseparken | anders | SSP
  | youth_centre > 3/9 internship (autoværksted) > 8/10 education (grundforløb 2, mekaniker)
Jonathan Vind | m 1998-08-15 | 1/8 | Karlemoseparken | anders | Ungecenteret
  | youth_centre > 17/9 education (produktionsskole)
  > 29/10 youth_centre (frafald fra produktionsskole)
Mohsen Karimi | m 1999-12-02 | 8/8 | Hastrupparken | anders | UUV
  | youth_centre > 12/11 internship (køkken) > 14/1 youth_centre
Lasse Holt | m 1995-07-19 | 15/8 | Ellemarken | anders | Ungecenteret
  | youth_centre > 5/11 clarification (udredning)
Tarek Aslan | m 1998-04-09 | 22/8 | Karlemoseparken | anders | Midt- og Vestsjællands Politi
  | youth_centre > 1/10 internship (lager) > 26/11 youth_centre
  > 11/2 agreement (elevplads hos maler)
Oskar Lind | m 2002-04-24 | 29/8 | Ellemarken | anders | UUV | school (10. klasse)
Nadia Rashidi | f 1999-10-12 | 6/9 | Ellemarken | anders | Center for Dansk og Integration (CDI)
  | youth_centre > 15/10 agreement (hf fra november) > 12/11 education (hf)
Murat Demir | m 2000-06-18 | 13/9 | Ellemarken > 3/12 Hastrupparken | anders | SSP
  | youth_centre > 29/10 internship (elektriker) > 21/1 education (grundforløb 2, elektriker)
Daniel Ravn | m 1997-09-29 | 20/9 | Karlemoseparken | anders | Ungecenteret
  | youth_centre > 10/12 clarification (psykiatrien)
Farhan Siddiq | m 2001-08-05 | 1/10 | Karlemoseparken | anders | UUV
  | school (10. klasse) > 19/11 youth_centre (frafald fra 10. klasse)
Casper Falk | m 1998-01-31 | 8/10 | Karlemoseparken > 1/11 Hastrupparken | anders | -
  | youth_centre > 28/1 agreement (FGU fra august)
Zaid Al-Amin | m 1999-03-17 | 24/10 | Karlemoseparken > 15/1 Ellemarken | anders | SSP
  | youth_centre > 3/12 internship (rengøring) > 1/2 youth_centre
Laila Mahmoud | f 2001-12-06 | 1/11 | Hastrupparken | anders | UUV | school (10. klasse)
Sebastian Vang | m 2000-02-20 | 15/11 | Karlemoseparken | anders | Køge Jobcenter
  | youth_centre > 14/1 internship (gartner)
Philip Rask | m 1996-06-26 | 4/12 | Karlemoseparken | anders | Køge Jobcenter | youth_centre
  > 4/2 work (pakkeri)
Jamil Barakat | m 2001-05-13 | 11/12 | Hastrupparken | anders | UUV | youth_centre
  > 21/1 education (hf-enkeltfag)
Ismail Duran | m 2000-10-30 | 8/1 | Hastrupparken | anders | SSP | youth_centre
  > 18/2 agreement (praktik på plejehjem)
Marcus Elkjær | m 1999-08-22 | 10/1 | Ellemarken | anders | - | youth_centre
  > 25/2 agreement (fritidsjob i supermarked)
Hadi Moradi | m 1991-10-04 | 22/1 | Ellemarken | anders | Center for Dansk og Integration (CDI)
  | youth_centre
Benjamin Stub | m 2002-09-09 | 5/2 | Hastrupparken | anders | UUV | youth_centre
Walid Sharif | m 1998-11-28 | 14/2 | Karlemoseparken | anders | Midt- og Vestsjællands Politi
  | youth_centre
"""

PAUSES = """
Rami Saleh   | 16/7  | 29/7 | holiday
Ahmad Zaher  | 17/12 | 6/1  | holiday
Lasse Holt   | 14/1  | 27/1 | other
"""

WITHDRAWN = """
Philip Rask | 14/1 work (pakkeri) | 21/1 | Opstarten blev udskudt til februar.
"""

AGREEMENTS = """
Tarek Aslan   | 11/2 | 1/4    | education  | mentee | Begynde som elev hos maleren
Casper Falk   | 28/1 | 1/8/19 | education  | mentee | Begynde på FGU
Ismail Duran  | 18/2 | 18/3   | internship | mentee | Begynde i praktik på plejehjemmet
Marcus Elkjær | 25/2 | 11/3   | job        | mentee | Begynde i fritidsjob i supermarkedet
"""

# The twelve whole weeks before 1 March 2019: 260 contacts expected, 64 without a meeting.
REPORTED_WEEKS = last_weeks(12, Week(2019, 8))
CHRISTMAS = Week(2018, 52)


def day(word):
    """'13/8' is 13 August 2018, '21/1' 21 January 2019, '1/8/19' as it says."""
    number, month, *year = map(int, word.split("/"))
    return date(2000 + year[0] if year else 2018 if month >= 6 else 2019, month, number)


def build(users, today):
    programme = Programme(
        name="Særlig boligsocial mentorindsats, Køge",
        slug=SLUG,
        sender="Boligsocialt Fællessekretariat og UUV",
        committee="Skoleudvalget",
        starts_on=date(2018, 6, 1),
        ends_on=date(2021, 12, 31),
        annual_grant=500_000,
        predecessor=Programme.objects.filter(slug=koege_earlier.PROJECT.SLUG).first(),
    )
    programme.save(expectations={"expected_gender": "male"})
    set_up(
        programme,
        [
            (users["anders"], Role.MENTOR),
            (users["torben"], Role.COORDINATOR),
            (users["kirsten"], Role.COMMITTEE),
            (users["farid"], Role.FOLLOW_GROUP),
        ],
    )
    KeyFigure.objects.bulk_create(
        KeyFigure(
            programme=programme,
            what=what,
            value=value,
            municipality=municipality,
            source=SOURCE,
            position=position,
        )
        for position, (what, value, municipality) in enumerate(KEY_FIGURES)
    )
    scenario = Scenario(
        programme=programme,
        until=UNTIL,
        day=day,
        coordinator=users["torben"],
        mentors={"anders": users["anders"]},
        rng=Random(2019),  # noqa: S311 (a scenario, not a secret)
        delays=(0, 0, 0, 0, 0, 1, 1, 2, 3),
    )
    scenario.create_people(PEOPLE)
    scenario.create_pauses(PAUSES)
    scenario.create_withdrawn(WITHDRAWN)
    agreements.create_open(scenario, AGREEMENTS)
    agreements.create_usual(scenario)
    meetings.create(scenario, Weekly(scenario, marks(scenario), chance_of_group=1).encounters())


def marks(scenario):
    """As reported in the last twelve weeks, likely before."""
    missed = missed_weeks(scenario)

    def mark_of(person, week):
        likely = likely_mark(scenario.rng, chance=0.78)
        return missed.get((person.id, week), Mark.MET) if week in REPORTED_WEEKS else likely

    return mark_of


def missed_weeks(scenario):
    """{(person, week): Mark}; most likely Christmas."""
    slots = [
        (person.id, week)
        for week in REPORTED_WEEKS
        for person in scenario.register().people
        if expected(person, week)
    ]
    slots.sort(key=lambda slot: scenario.rng.random() * (0.3 if slot[1] == CHRISTMAS else 1))
    deck = [mark for mark, count in MISSES.items() for _ in range(count)]
    scenario.rng.shuffle(deck)
    return dict(zip(slots, deck, strict=False))
