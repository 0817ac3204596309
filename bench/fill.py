"""Create and fill the tables of a bench site; run in the site's environment.

    fill.py few             Mette, who mentors ten young people, and Torben, the coordinator
    fill.py demo 50         the demo programmes; Mette mentors 50 (10: the demo as it is)

Prints JSON about the users on its last line. load_demo would overwrite this clone's demo password.
"""
# ruff: noqa: E402 (Django is set up first)

import json
import sys
from datetime import date, timedelta

import django

django.setup()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from cases.models import Gender, HousingArea, Membership, Mentee, Programme, Status, Topic
from demo import living, loading, logins
from web.dates import today

PASSWORD = "en lang adgangskode"  # noqa: S105 (of people who do not exist, on a site that lives for a minute)
PEOPLE = 10
DAYS_AGO = 1500


def tables():
    """Without waiting for the disk, as migrations do hundreds of times."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def few():
    started = today() - timedelta(days=DAYS_AGO)
    with transaction.atomic():
        programme = a_programme(started)
        mette = member(programme, "Mette Sørensen", "mentor", started)
        torben = member(programme, "Torben Kjær", "coordinator", started)
        people = [enrol(programme, f"Ung Nr. {n}", mette, started) for n in range(PEOPLE)]
    return {
        "mentor": mette.email,
        "coordinator": torben.email,
        "password": PASSWORD,
        "codes": codes([mette, torben]),
        "people": [str(mentee.uuid) for mentee in people],
        "today": today().isoformat(),
        "days": DAYS_AGO,
    }


def codes(users):
    """{e-mail: recovery codes}; each user gets a code app."""
    for user in users:
        TOTP.activate(user, generate_totp_secret())
    return {user.email: RecoveryCodes.activate(user).get_unused_codes() for user in users}


def a_programme(started):
    programme = Programme.objects.create(name="Unge med mål", slug="unge", starts_on=started)
    HousingArea.objects.create(programme=programme, name="Hastrupparken")
    for position, name in enumerate(("Uddannelse", "Job", "Hverdag og søvn")):
        Topic.objects.create(programme=programme, name=name, position=position)
    return programme


def member(programme, name, role, day):
    user = User.objects.create_user(f"{name.split()[0].lower()}@example.dk", PASSWORD, name=name)
    Membership.objects.create(programme=programme, user=user, role=role, starts_on=day)
    return user


def enrol(programme, name, mentor, day):
    person = Mentee(
        programme=programme,
        name=name,
        born_on=date(2007, 5, 14),
        gender=Gender.MALE,
        enrolled_on=day,
    )
    area = programme.areas.first()
    return Mentee.objects.enrol(
        person, status=Status.YOUTH_CENTRE, by=mentor, mentor=mentor, area=area
    )


def demo(young_people):
    with transaction.atomic():
        loading.load(today(), PASSWORD)
        programme = Programme.objects.get(slug=living.SLUG)
        users = {login.key: User.objects.get(email=login.email) for login in logins.ALL}
        mine = Mentee.objects.visible_to(users["mette"]).filter(programme=programme)
        for n in range(young_people - mine.count()):
            enrol(programme, f"Ung Nr. {n}", users["mette"], today() - timedelta(days=60))
    return {
        "users": {key: user.email for key, user in users.items()},
        "password": PASSWORD,
        "codes": codes([users["mette"], users["torben"]]),
        "people": programme.mentees.count(),
        "mine": [str(uuid) for uuid in mine.values_list("uuid", flat=True)],
    }


if __name__ == "__main__":
    tables()
    print(json.dumps(few() if sys.argv[1] == "few" else demo(int(sys.argv[2]))))
