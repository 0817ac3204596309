"""Demoindsatsen, counted back from today so that every page has content.

The same day gives the same data.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

from django.db.models import F

from cases.models import Mentee, Programme, Role
from cases.weekly_contact import Mark

from . import agreements, appointments, meetings
from .scenario import Scenario
from .tables import names
from .town import set_up
from .weekly import Weekly, likely_mark
from .workdays import workday_until

SLUG = "demo"

# Above 300 days ago they are scaled so that 720 is the programme's start.
PEOPLE = """
Yusuf Hamdan | m 19 | 290 | Ellemarken > 171 Hastrupparken | mette | SSP
  | youth_centre > 101 education (grundforløb 1, teknologi, byggeri og transport)
  > 45 youth_centre (frafald fra grundforløb 1, fortsætter med mentor og vejledning)
Bilal Karim | m 17 | 38 | Hastrupparken | mette | UUV | youth_centre > 24 agreement (FGU)
Malik Osman | m 22 | 410 | Hastrupparken | mette | Ungecenteret
  | youth_centre > 260 internship (lager) > 215 youth_centre > 70 clarification (udredning)
Elias Dahl | m 16 | 95 | Karlemoseparken | mette | UUV | school (10. klasse)
Amir Sabri | m 20 | 520 | Hastrupparken | mette | SSP
  | youth_centre > 430 internship (vvs) > 285 education (grundforløb 2, vvs)
  > 120 education (hovedforløb, vvs)
Noah Lindgaard | m 23 | 600 | Hastrupparken | mette | Køge Jobcenter
  | youth_centre > 470 internship (pakkeri) > 390 work (pakkeri)
Sami Rahimi | m 21 | 350 | Karlemoseparken | mette | Center for Dansk og Integration (CDI)
  | youth_centre > 160 education (hf-enkeltfag) > 130 youth_centre (frafald fra hf-enkeltfag)
  > 33 internship (gartner)
Sara Khalil | f 18 | 27 | Hastrupparken | mette | UUV | education (hf)
Ibrahim Yildiz | m 24 | 240 | Ellemarken | mette | Køge Jobcenter
  | youth_centre > 150 work (restaurant) > 75 youth_centre (frafald fra arbejde)
Zakaria Omar | m 20 | 450 | Karlemoseparken | mette | SSP
  | youth_centre > 300 internship (tømrer) > 200 youth_centre > 50 agreement (læreplads hos tømrer)
Deniz Kaya | m 25 | 670 | Hastrupparken | mette | SSP
  | youth_centre > 590 work (bilvask) > 440 education (grundforløb 2, mekaniker)
  > 60 completed (elevplads)
Viktor Holm | m 20 | 225 | Hastrupparken | rashid | UUV
  | youth_centre > 140 internship (autoværksted) > 84 youth_centre
Hamza Said | m 18 | 140 | Hastrupparken | rashid | UUV | youth_centre
  > 105 school (9. klasse på VUC)
Oliver Brandt | m 24 | 620 | Hastrupparken | rashid | Køge Jobcenter
  | youth_centre > 500 work (lager) > 440 youth_centre (frafald fra arbejde) > 330 work (chauffør)
Jonas Møller | m 21 | 535 | Ellemarken > 380 Hastrupparken | rashid | UUV
  | youth_centre > 400 agreement (eux fra sommer) > 305 education (eux, handel)
Rayan Aziz | m 16 | 120 | Hastrupparken | rashid | SSP | school (10. klasse)
Daniel Friis | m 25 | 490 | Hastrupparken | rashid | Køge Jobcenter
  | clarification (udredning) > 350 internship (køkken) > 230 work (køkken)
Emil Kvist | m 19 | 330 | Karlemoseparken | rashid | UUV
  | youth_centre > 210 education (grundforløb 1) > 100 education (grundforløb 2, elektriker)
Abdi Warsame | m 22 | 640 | Karlemoseparken | rashid | Center for Dansk og Integration (CDI)
  | youth_centre > 560 school (9. klasse på VUC) > 420 education (hf)
Kasper Lund | m 23 | 550 | Karlemoseparken | rashid | Ungecenteret
  | youth_centre > 310 internship (lager) > 240 youth_centre > 60 work (lager)
Mustafa Aydin | m 20 | 380 | Ellemarken | rashid | SSP
  | youth_centre > 190 education (grundforløb 1) > 80 education (grundforløb 2, murer)
Nikolaj Munk | m 24 | 690 | Karlemoseparken | rashid | UUV
  | youth_centre > 610 work (montage) > 180 completed (fast arbejde)
Mikkel Toft | m 19 | 255 | Karlemoseparken | line | UUV | youth_centre > 62 internship (tømrer)
Lucas Dam | m 18 | 270 | Karlemoseparken | line | UUV | school (10. klasse)
  > 110 education (grundforløb 1)
Omar Jaber | m 23 | 655 | Karlemoseparken | peter > 120 line | SSP
  | youth_centre > 540 work (rengøring) > 480 youth_centre (frafald fra arbejde)
  > 250 work (budcentral)
Frederik Bach | m 20 | 430 | Søparken > 260 Ellemarken | line | Ungecenteret
  | youth_centre > 280 education (grundforløb 2, maler)
Hassan Darwish | m 21 | 505 | Ellemarken | line > 210 - > 182 line
  | Center for Dansk og Integration (CDI)
  | youth_centre > 380 internship (lager) > 330 youth_centre > 160 education (grundforløb 1)
  > 85 youth_centre (frafald fra grundforløb 1)
Tobias Winther | m 25 | 585 | Ellemarken | line | Køge Jobcenter
  | youth_centre > 410 clarification (psykiatrien) > 240 internship (cykelværksted)
  > 48 work (cykelværksted)
Amalie Skov | f 19 | 200 | Søparken | line | UUV | youth_centre > 130 education (hf)
Karim El-Sayed | m 25 | 705 | Søparken | line | SSP
  | youth_centre > 620 internship (smed) > 500 education (grundforløb 2, smed)
  > 95 completed (elevplads)
Ali Mansour | m 19 | 180 | Karlemoseparken | peter | SSP
  | youth_centre > 125 internship (supermarked) > 78 youth_centre
Adam Nørskov | m 22 | 395 | Ellemarken | peter | Ungecenteret
  | youth_centre > 290 work (lager) > 200 youth_centre (frafald fra arbejde)
  > 112 clarification (psykiatrien)
Younes Haddad | m 24 | 570 | Karlemoseparken | mette > 400 peter | Køge Jobcenter
  | youth_centre > 460 work (lager)
Mathias Riis | m 20 | 310 | Ellemarken | line > 220 peter | UUV | youth_centre
  > 90 education (grundforløb 2, kok)
Samir Qasim | m 21 | 160 | Søparken | peter | Center for Dansk og Integration (CDI)
  | youth_centre > 30 agreement (fritidsjob i supermarked)
Anton Juhl | m 22 | 470 | Søparken | peter | UUV
  | youth_centre > 320 education (grundforløb 1) > 265 youth_centre (frafald fra grundforløb 1)
  > 40 work (supermarked)
Bashir Nazari | m 20 | 70 | Søparken | peter | Center for Dansk og Integration (CDI)
  | youth_centre > 22 education (FGU)
Magnus Bruun | m 23 | 720 | Ellemarken | peter | SSP
  | youth_centre > 520 education (grundforløb 1) > 450 youth_centre (frafald fra grundforløb 1)
  > 170 dropped_out (frafald fra mentorforløbet)
"""

MORE = {
    "Yusuf Hamdan": {
        "own_goal": "Jeg vil have en læreplads som elektriker. Og selv kunne komme op om morgenen.",
        "own_goal_on": F("enrolled_on"),
    },
    "Sara Khalil": {"informed_on": None},
}

PAUSES = """
Yusuf Hamdan   | 136 | 123 | holiday
Zakaria Omar   | 30  | -11 | holiday
Daniel Friis   | 46  | 36  | holiday
Malik Osman    | 190 | 163 | other
Noah Lindgaard | 250 | 236 | holiday
Adam Nørskov   | 148 | 128 | other
Abdi Warsame   | 340 | 310 | other
"""

WITHDRAWN = """
Yusuf Hamdan | 49 work (lager) | 44
  | Jobbet blev ikke til noget. Han havde en samtale, men begyndte ikke.
"""

# Last weeks of those who need attention: days ago, outcome, form, minutes, topics, note.
CONTACTS = """
Yusuf Hamdan | 17 | tried | phone | - | -
  | Ringede to gange. Yusuf skrev om aftenen, at han var hos sin onkel.
Yusuf Hamdan | 9 | met | area | 45 | Uddannelse, Hverdag og søvn
  | Gik en tur om søen. Yusuf har læst om grundforløb 2 på skolens side og vil gerne se\
 værkstedet, før han søger. Vi aftalte, at han selv skriver til skolen.
Bilal Karim | 20 | met | area | 45 | Uddannelse
  | Så skolens side igennem. Bilal valgte tema: mad og ernæring.
Bilal Karim | 13 | cancelled_by_mentee | area | - | -
  | Bilal meldte afbud i god tid. Ny tid er aftalt.
Bilal Karim | 6 | met | out | 60 | Uddannelse, Hverdag og søvn
  | Prøvede turen med bus til FGU, så vejen er kendt.
Malik Osman | 23 | met | area | 30 | Hverdag og søvn
  | En kort tur. Malik ville helst tale om noget andet end møder.
Malik Osman | 15 | no_show | area | - | -
  | Malik kom ikke. Jeg har skrevet, at han ikke skal svare, før han har lyst.
Malik Osman | 8 | tried | phone | - | - | Ringede og lagde en kort besked.
Ali Mansour | 19 | met | area | 45 | Job | Skrev to ansøgninger til fritidsjob. Ali sender dem selv.
Ali Mansour | 12 | tried | message | - | - | Skrev en besked. Intet svar endnu.
Ali Mansour | 5 | cancelled_by_mentor | area | - | - | Jeg måtte aflyse på grund af et akut møde.
Viktor Holm | 16 | met | phone | 15 | Uddannelse
  | Viktor fortalte om sin tid på værkstedet og vil gerne tilbage.
Viktor Holm | 10 | no_show | area | - | - | Viktor kom ikke. Han skrev senere, at det var glemt.
"""

AGREEMENTS = """
Yusuf Hamdan | 20 | -12 | step       | mentee | Søge optagelse på grundforløb 2, elektriker
Yusuf Hamdan | 9  | 3   | step       | mentor | Ringe til vejlederen på UUV om transport
Bilal Karim  | 24 | 3   | education  | mentee | Begynde på FGU
Mikkel Toft  | 62 | 6   | step       | mentee | Gøre praktikken hos tømreren færdig
Zakaria Omar | 50 | -40 | education  | mentee | Begynde i lære hos tømreren
Samir Qasim  | 30 | -9  | job        | mentee | Begynde i fritidsjob i supermarkedet
"""

APPOINTMENTS = """
Yusuf Hamdan  | 0 | 15:30 | boldbanen i Hastrupparken
Oliver Brandt | 0 | 17:15 | beboerhuset
Lucas Dam     | 0 | 14:00 | biblioteket
Mathias Riis  | 0 | 12:30 | erhvervsskolens kantine
Viktor Holm   | 1 | 10:00 | -
"""
WITHOUT_APPOINTMENT = (
    "Bilal Karim",
    "Malik Osman",
    "Ibrahim Yildiz",
    "Ali Mansour",
    "Hassan Darwish",
)

LEAN_WEEKS = {28, 29, 30, 52}  # summer and Christmas
CHANCE_OF_MEETING = {"mette": 0.82, "rashid": 0.88, "line": 0.84, "peter": 0.58}


def starts_on(today):
    return date((today - timedelta(days=548)).year, 1, 1)


def days_before(today):
    """Return a function from a day of the tables (days ago) to a workday."""
    whole = (today - starts_on(today)).days

    def day(word):
        ago = int(word)
        if ago > 300:
            ago = 300 + (ago - 300) * (whole - 300) // 430
        return workday_until(today - timedelta(days=ago))

    return day


def build(users, today):
    """Create everything up to yesterday evening."""
    begins = starts_on(today)
    programme = Programme.objects.create(
        name="Demoindsatsen",
        slug=SLUG,
        sender="Boligsocialt Fællessekretariat",
        data_controller="Køge Kommune",
        dpo_contact="dpo@demo.example",
        retention="Fem år efter forløbets sidste dag.",
        starts_on=begins,
        ends_on=date(begins.year + 2, 12, 31),
    )
    mentors = {key: users[key] for key in CHANCE_OF_MEETING}
    set_up(
        programme,
        [
            *((mentor, Role.MENTOR) for mentor in mentors.values()),
            (users["torben"], Role.COORDINATOR),
            (users["kirsten"], Role.COMMITTEE),
            (users["farid"], Role.FOLLOW_GROUP),
            (users["olga"], Role.OPERATOR),
        ],
    )
    scenario = Scenario(
        programme=programme,
        until=today,
        day=days_before(today),
        coordinator=users["torben"],
        mentors=mentors,
        rng=Random(38),  # noqa: S311 (a scenario, not a secret)
        delays=(0,) * 14 + (1, 1, 1, 1, 2, 3, 4, 9, 13),
    )
    scenario.create_people(PEOPLE)
    for name, more in MORE.items():
        Mentee.objects.filter(pk=scenario.mentees[name].pk).update(**more)
    scenario.create_pauses(PAUSES)
    scenario.create_withdrawn(WITHDRAWN)
    told = meetings.parse(scenario, CONTACTS)
    meetings.create(scenario, [*Weekly(scenario, marks(scenario), told=told).encounters(), *told])
    agreements.create_open(scenario, AGREEMENTS)
    agreements.create_usual(scenario, but=names(AGREEMENTS))
    appointments.create(scenario, APPOINTMENTS)
    appointments.create_usual(scenario, but=[*WITHOUT_APPOINTMENT, *names(APPOINTMENTS)])


def marks(scenario):
    """Depends on the mentor, and is better after missed weeks."""
    chances = {scenario.mentors[key].pk: chance for key, chance in CHANCE_OF_MEETING.items()}
    missed = Counter()

    def mark_of(person, week):
        chance = chances[person.mentors.on(week.monday)] + 0.15 * missed[person.id]
        mark = likely_mark(scenario.rng, chance * (0.7 if week.number in LEAN_WEEKS else 1))
        missed[person.id] = 0 if mark is Mark.MET else missed[person.id] + 1
        return mark

    return mark_of
