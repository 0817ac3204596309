from django.db import transaction

from cases.models import Programme

from . import koege_2018, koege_earlier, living, logins, neighbour

# The earlier ones first: koege_2018 continues the last of them.
PROGRAMMES = (koege_earlier.PILOT, koege_earlier.PROJECT, koege_2018, living, neighbour)


def load(today, password, say=lambda line: None):
    """What exists stays as it is."""
    with transaction.atomic():
        users = logins.create(password)
    for demo in PROGRAMMES:
        with transaction.atomic():
            if Programme.objects.filter(slug=demo.SLUG).exists():
                say(f"{demo.SLUG}: there already, left as it is")
                continue
            demo.build(users, today)
            programme = Programme.objects.get(slug=demo.SLUG)
            say(
                f"{demo.SLUG}: {programme.name}, {programme.mentees.count()} young people, "
                f"{programme.meetings.count()} meetings"
            )
