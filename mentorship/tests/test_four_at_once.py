"""Every form that is written, sent four times at the same moment: written once.

Over TCP against gunicorn with two workers and a database of its own, so that two requests really
run at once.
"""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test import Client, TestCase
from environ import Env
from running_site import running_site
from visitor import Visitor, at_once

from accounts.models import User
from accounts.tests.builders import next_recovery_code

from .forms import FORMS, a_cast, a_stage, hidden, posted_addresses, rows

pytestmark = pytest.mark.slow

FOUR = 4
# The statuses of the four answers, and how many addresses they lead to.
SAME = ([302] * FOUR, 1)
# Addresses that are posted to and have no line, each with its reason.
NOT_SENT = {
    "mentees": "a search, writes nothing",
    "import_register": "a file whose rows are recognised: imports/tests",
}


@contextmanager
def models_on(url):
    """Let the models of this process read and write another database of the same kind."""
    before = connections["default"]
    settings = before.settings_dict | Env.db_url_config(url)
    connections["default"] = type(before)(settings, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


@pytest.fixture(scope="module")
def site(django_db_blocker):
    with running_site("few") as site, django_db_blocker.unblock(), models_on(site.database):
        yield site


@pytest.fixture(scope="module")
def users(site):
    """{name: user}"""
    mette, torben = (User.objects.get(email=site.told[who]) for who in ("mentor", "coordinator"))
    rashid = User.objects.create_user(
        "rashid@example.dk", site.told["password"], name="Rashid Noor"
    )
    return {"mette": mette, "rashid": rashid, "torben": torben}


@pytest.fixture(scope="module")
def visitors(site, users):
    """{name: the user's browser, signed in}"""
    password = site.told["password"]
    codes = {user.email: [next_recovery_code(user)] for user in users.values()}
    return {
        who: Visitor(site.port).sign_in(user.email, password, codes) for who, user in users.items()
    }


def rows_after_one(visitor, address, fields):
    """Return the rows as the visitor's form leaves them when sent once; that is rolled back."""
    client = Client()
    client.cookies.load(visitor.cookies)
    with transaction.atomic():
        # What is done after the commit too, such as sending an invitation.
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert client.post(address, fields).status_code == 302
        after = rows()
        transaction.set_rollback(True)
    return after


def difference(before, after):
    """What was written: {model: (rows added, rows removed, what changed in the others)}.

    References and times are named without their values, which differ each time.
    """
    written = {}
    for model, stored in after.items():
        old = {row["id"]: row for row in before[model]}
        new = {row["id"]: row for row in stored}
        changed = sorted(
            name if name.endswith(("_id", "_at")) else f"{name}: {value}"
            for pk in old.keys() & new.keys()
            for name, value in new[pk].items()
            if value != old[pk][name]
        )
        if old != new:
            written[model] = (len(new.keys() - old), len(old.keys() - new), changed)
    return written


@pytest.mark.parametrize("name", FORMS)
def test_four_at_once_write_what_one_writes(users, visitors, name):
    with transaction.atomic():
        cast = a_cast(name, **users)
        address, data = a_stage(**cast)(name)
    visitor, programme, key = visitors[FORMS[name].who], cast["programme"], str(uuid4())
    choose = f"/hjaelp/?indsats={programme.slug}"
    visitor.get(choose)
    token = visitor.cookies["csrftoken"]
    keys = {"form_key": key, "submit_key": key, "csrfmiddlewaretoken": token}
    fields = data | hidden(programme, **keys)

    before = rows()
    once = difference(before, rows_after_one(visitor, address, fields))
    answers = at_once([(visitor, address, fields)] * FOUR)
    written = difference(before, rows())

    assert once and written == once
    given = sorted(answer.status for answer in answers), len({a.location for a in answers})
    assert given == SAME
    assert "Allerede gemt." in visitor.get(choose).text


def test_every_address_that_writes_has_a_line():
    assert set(posted_addresses()) == set(FORMS) | set(NOT_SENT)


def test_the_site_met_no_error(site):
    assert site.errors() == ""
