"""Two programmes closed at once, each moving somebody to the other: neither waits for ever.

Over TCP against gunicorn with two workers, so that the two really run at once.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from running_site import running_site
from visitor import Visitor, at_once

from accounts.models import User
from cases.models import Programme, Transfer
from mentorship.tests.forms import a_cast, hidden
from mentorship.tests.test_four_at_once import models_on
from web.dates import today

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(django_db_blocker):
    with running_site("few") as site, django_db_blocker.unblock(), models_on(site.database):
        yield site


def test_two_moves_in_opposite_directions(site):
    mette, torben = (User.objects.get(email=site.told[who]) for who in ("mentor", "coordinator"))
    rashid = User.objects.create_user(
        "rashid@example.dk", "en lang adgangskode", name="Rashid Noor"
    )
    visitor = Visitor(site.port).sign_in(torben.email, site.told["password"], site.told["codes"])
    last_day = (today() - timedelta(days=1)).isoformat()
    for round_ in range(5):
        with transaction.atomic():
            one, other = (
                a_cast(f"{side}-{round_}", mette=mette, rashid=rashid, torben=torben)
                for side in ("en", "anden")
            )
            other["yusuf"].name = "Sofus Bang"
            other["yusuf"].save()
        visitor.get("/hjaelp/")
        sent = []
        for cast, target in ((one, other), (other, one)):
            programme = cast["programme"]
            fields = hidden(programme, csrfmiddlewaretoken=visitor.cookies["csrftoken"])
            moved = {f"ung-{cast['yusuf'].pk}": str(target["programme"].pk)}
            address = f"{reverse('close_programme')}?indsats={programme.slug}"
            sent.append((visitor, address, fields | moved | {"ends_on": last_day, "aaben": "1"}))

        answers = at_once(sent)

        # The second is told that the other programme has ended meanwhile.
        assert sorted(answer.status for answer in answers) == [302, 422]
        both = Programme.objects.filter(pk__in=[one["programme"].pk, other["programme"].pk])
        assert both.exclude(ends_on=None).count() == 1
        assert Transfer.objects.filter(mentee__programme__in=both).count() == 1
    assert site.errors() == ""
