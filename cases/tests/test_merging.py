"""Two people edit the same personal details: no change is lost, and each leaves a trace."""

import html
import re

import pytest
from django.urls import reverse

from cases.models import FieldChange

HERS, HIS = "20 11 22 33", "60 70 80 90"


def card(**changes):
    person = {"name": "Yusuf Hamdan", "born_on": "2007-05-14", "gender": "male"}
    return person | {"phone": "", "email": "", "own_goal": "", "informed_on": ""} | changes


@pytest.fixture
def address(yusuf):
    return reverse("edit_mentee", args=[yusuf.uuid])


def drawn(client, address):
    """The hidden field of the page as it is drawn now."""
    return re.search(r'name="drawn" value="([^"]+)"', client.get(address).text)[1]


def test_another_field_changed_meanwhile_is_kept(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    old = drawn(client, address)
    client.post(address, card(phone=HERS, drawn=old))
    answer = client.post(address, card(own_goal="Et job", drawn=old))
    assert answer.status_code == 302
    yusuf.refresh_from_db()
    assert (yusuf.phone, yusuf.own_goal) == (HERS, "Et job")


def test_the_same_field_changed_meanwhile_shows_both(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    old = drawn(client, address)
    client.post(address, card(phone=HERS, drawn=old))
    answer = client.post(address, card(phone=HIS, drawn=old))
    page = html.unescape(answer.text)
    assert answer.status_code == 409
    assert f"Nu står der: {HERS}. Gem igen for at bruge dit." in page and f'value="{HIS}"' in page
    yusuf.refresh_from_db()
    assert yusuf.phone == HERS
    again = re.search(r'name="drawn" value="([^"]+)"', answer.text)[1]
    assert client.post(address, card(phone=HIS, drawn=again)).status_code == 302
    yusuf.refresh_from_db()
    assert yusuf.phone == HIS


def test_a_box_ticked_meanwhile_stays_ticked(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    old = drawn(client, address)
    client.post(address, card(criteria=["at_risk_of_crime"], drawn=old))
    client.post(address, card(phone=HERS, drawn=old))
    yusuf.refresh_from_db()
    assert yusuf.at_risk_of_crime and yusuf.phone == HERS


def test_every_change_leaves_who_when_before_and_after(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    form = card(name="Yusuf Ali Hamdan", criteria=["on_public_support"], informed_on="2026-03-01")
    client.post(address, form | {"drawn": drawn(client, address)})
    changes = {c.field: (c.before, c.after, c.recorded_by) for c in FieldChange.objects.all()}
    assert changes == {
        "name": ("Yusuf Hamdan", "Yusuf Ali Hamdan", mette),
        "criteria": ("", "På offentlig forsørgelse", mette),
        "informed_on": ("", "1. marts 2026", mette),
    }
    assert FieldChange.objects.filter(mentee=yusuf, programme=yusuf.programme).count() == 3


def test_the_day_of_the_own_goal_is_the_day_it_was_changed(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    client.post(address, card(own_goal="Et job", drawn=drawn(client, address)))
    yusuf.refresh_from_db()
    said = yusuf.own_goal_on
    assert said is not None
    client.post(address, card(own_goal="Et job", phone=HERS, drawn=drawn(client, address)))
    yusuf.refresh_from_db()
    assert yusuf.own_goal_on == said


def test_a_trace_is_never_deleted(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    client.post(address, card(phone=HERS, drawn=drawn(client, address)))
    with pytest.raises(TypeError):
        FieldChange.objects.all().delete()


def test_after_a_conflict_the_other_fields_still_merge(sign_in, mette, yusuf, address):
    client = sign_in(mette)
    old = drawn(client, address)
    client.post(address, card(phone=HERS, email="yusuf@example.dk", drawn=old))
    answer = client.post(address, card(phone=HIS, drawn=old))
    again = re.search(r'name="drawn" value="([^"]+)"', answer.text)[1]
    client.post(address, card(phone=HIS, drawn=again))
    yusuf.refresh_from_db()
    assert (yusuf.phone, yusuf.email) == (HIS, "yusuf@example.dk")


def test_line_endings_are_no_change(sign_in, mette, yusuf, address):
    type(yusuf).objects.filter(pk=yusuf.pk).update(own_goal="Et job\nog en lejlighed")
    client = sign_in(mette)
    form = card(own_goal="Et job\r\nog en lejlighed", phone=HERS, drawn=drawn(client, address))
    client.post(address, form)
    assert [change.field for change in FieldChange.objects.all()] == ["phone"]
    yusuf.refresh_from_db()
    assert yusuf.own_goal_on is None
