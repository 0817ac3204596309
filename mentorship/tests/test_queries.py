"""Pages ask few queries, and the number does not grow with the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Agreement, KeyFigure, Status
from cases.tests.builders import log
from mentorship.tests.builders import fill
from overview.tables import TABLES
from web.dates import today

PAGES = [
    # page, who, the most queries it may ask, BEGIN and COMMIT included
    ("my_week", "mette", 18),
    ("mentees", "mette", 19),
    ("mentees", "torben", 20),
    ("overview", "torben", 27),  # five are the checklist, kept at the version outside a test
    ("missing_data", "torben", 20),
    ("draft_report", "torben", 18),
    ("reports", "torben", 7),
    ("mentee", "mette", 20),
    ("record_meeting", "mette", 8),
    ("take_in", "torben", 10),
]


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.parametrize(("name", "who", "most"), PAGES)
def test_five_or_fifty_young_people(
    request, sign_in, enrol, mette, rashid, torben, areas, programme, name, who, most
):
    KeyFigure.objects.create(programme=programme, what="Beboere", value="5.219", source="2014")
    client = sign_in(request.getfixturevalue(who))
    first = fill(enrol, mette, rashid, areas, 5)[0]
    url = reverse(name, args=[first.uuid]) if name == "mentee" else reverse(name)
    few = queries(client, url)
    fill(enrol, mette, rashid, areas, 45)
    assert queries(client, url) == few
    assert few <= most


def test_the_tables_of_five_or_fifteen_young_people(sign_in, enrol, mette, rashid, torben, areas):
    client = sign_in(torben)
    urls = [
        f"{reverse('overview_table', args=[name, 'csv'])}?omraade=hastrupparken" for name in TABLES
    ]
    urls += [
        f"{reverse(name)}?omraade=hastrupparken&kontakt=omraade"
        for name in ("overview", "missing_data")
    ]
    fill(enrol, mette, rashid, areas, 5)
    few = [queries(client, url) for url in urls]
    fill(enrol, mette, rashid, areas, 10)
    assert [queries(client, url) for url in urls] == few
    assert max(few) <= 27


def test_the_persons_page_with_two_or_sixty_meetings(sign_in, yusuf, mette):
    client, url = sign_in(mette), yusuf.get_absolute_url()
    for _ in range(2):
        log(yusuf, mette)
    few = queries(client, url)
    for n in range(60):
        log(yusuf, mette, on=today() - timedelta(days=n))
        if n % 10 == 0:
            yusuf.change_status(Status.WORK, on=today() - timedelta(days=n), by=mette)
            Agreement(mentee=yusuf, what=f"Nr. {n}", agreed_on=today(), due_on=today()).make(
                by=mette
            )
    assert queries(client, url) == few
