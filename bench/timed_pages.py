"""Pages timed in this process on a site filled with the demo, for bench/pages.py.

The last line printed is JSON: {page: [median CPU seconds, floor's median, queries]}. Page and floor
alternate, compressed as deployed. RUNS: how often each is asked for.
"""
# ruff: noqa: E402 (Django is set up first)

import gzip
import json
import os
import re
from datetime import timedelta
from statistics import median
from time import process_time

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from floor import FLOOR
from visitor import Answer, form_in

from accounts.models import User
from accounts.tests.builders import sign_in
from cases.models import Attendance, Gender, Meeting, MeetingFormat, Mentee, Programme, Status
from demo import living
from web.dates import today

RUNS, WARM_UP = int(os.environ.get("RUNS", "20")), 3
FRAME = re.compile(r"BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK")


def signed_in(key):
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    user = User.objects.get(email=f"{key}@demo.example")
    sign_in(client, user)
    return client, user


@transaction.atomic
def somebody_with_a_long_story(mentor):
    programme = Programme.objects.get(slug=living.SLUG)
    first = programme.starts_on
    days = (today() - first).days
    person = Mentee(
        programme=programme,
        name="Ung Toår",
        born_on=first - timedelta(days=17 * 365),
        gender=Gender.MALE,
        enrolled_on=first,
    )
    statuses = list(Status)[:7]
    mentee = Mentee.objects.enrol(person, status=statuses[0], by=mentor, mentor=mentor)
    topics = mentee.programme.topics.all()[:2]
    for n, status in enumerate(statuses[1:], start=1):
        mentee.change_status(status, on=first + timedelta(days=n * days // 7), by=mentor)
    for n in range(days // 7):
        meeting = Meeting(
            programme=mentee.programme,
            held_on=first + timedelta(days=7 * n),
            form=MeetingFormat.AREA,
            minutes=45,
            held_by=mentor,
            submit_key=f"00000000-0000-4000-8000-{n:012}",
        )
        meeting.record(
            [(Attendance(mentee=mentee, note="Vi gik en tur og talte om skolen."), topics)],
            by=mentor,
        )
    return mentee


def ask(client, path, data=None):
    answer = client.get(path) if data is None else client.post(path, data)
    expected = 200 if data is None else 302
    if answer.status_code != expected:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


def log_forms(client, mentee):
    """Each filled, of another day."""
    path = f"/moeder/ny/?ung={mentee.uuid}"
    page = ask(client, path)
    text = gzip.decompress(page.content).decode()
    form = form_in(Answer(page.status_code, "", text), "note", path)
    for n in range(1, (today() - mentee.enrolled_on).days):
        if n % 7:  # other days have one
            day = (mentee.enrolled_on + timedelta(days=n)).isoformat()
            key = f"00000000-0000-4000-9000-{n:012}"
            yield form.filled(
                day="other", held_on=day, note="Vi talte om en læreplads.", submit_key=key
            )


def timed(client, path, data=None, before=lambda: None):
    """[median, floor's median, queries].

    `data` iterates over forms to post; `before` is called, untimed, before each page.
    """
    times, floors = [], []
    for _ in range(WARM_UP + RUNS):
        before()
        for seconds, address, form in ((floors, FLOOR, None), (times, path, data and next(data))):
            start = process_time()
            ask(client, address, form)
            seconds.append(process_time() - start)
    before()
    with CaptureQueriesContext(connection) as asked:
        ask(client, path, data and next(data))
    queries = sum(not FRAME.match(query["sql"]) for query in asked)
    return [median(times[WARM_UP:]), median(floors[WARM_UP:]), queries]


def main():
    settings.ROOT_URLCONF = "floor"
    mettes, mette = signed_in("mette")
    torbens, _ = signed_in("torben")
    mentee = somebody_with_a_long_story(mette)
    log = f"/moeder/ny/?ung={mentee.uuid}"

    def write():
        """Make what is kept of Mette's young people old."""
        Mentee.objects.filter(pk=mentee.pk).update(phone=mentee.phone)

    pages = {
        "Hjælp": timed(mettes, "/hjaelp/"),
        "Min uge": timed(mettes, "/min-uge/"),
        "Min uge after a write": timed(mettes, "/min-uge/", before=write),
        "Unge": timed(torbens, "/unge/"),
        "Unge after a write": timed(torbens, "/unge/", before=write),
        "The person's page": timed(torbens, mentee.get_absolute_url()),
        "Log form": timed(mettes, log),
        "Saving a meeting": timed(mettes, log, log_forms(mettes, mentee)),
        "Overblik": timed(torbens, "/overblik/"),
        "Overblik after a write": timed(torbens, "/overblik/", before=write),
        "What is missing": timed(torbens, reverse("missing_data")),
        "A table as XLSX": timed(torbens, reverse("overview_table", args=["mentorer", "xlsx"])),
        "Report draft": timed(torbens, "/rapporter/kladde/"),
    }
    print(json.dumps(pages))


if __name__ == "__main__":
    main()
