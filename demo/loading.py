from django.db import transaction

from cases.models import Programme

from . import koege_2018, living, logins, neighbour


def load(today, password, say=lambda line: None):
    """What exists stays as it is."""
    with transaction.atomic():
        users = logins.create(password)
    for demo in (koege_2018, living, neighbour):
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
