"""Undo: what was just written is withdrawn with one tap, unless something builds on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import undo
from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    Match,
    Meeting,
    Pause,
    Residence,
    Role,
    StatusChange,
    Substitution,
)
from cases.tests.builders import become, falsify, log_url, meeting_form
from web.dates import today

DAY = today().isoformat()
# name of the address, what is posted, what is written
FORMS = [
    ("change_status", {"status": "work", "effective_on": DAY}, StatusChange),
    ("move", {"area": "ingen", "effective_on": DAY}, Residence),
    ("pause", {"reason": "holiday", "effective_on": DAY, "last_day": DAY}, Pause),
    ("match_mentor", {"mentor": "ingen", "effective_on": DAY}, Match),
    (
        "make_agreement",
        {"what": "Ringe", "responsible": "mentee", "kind": "step", "due_on": DAY},
        Agreement,
    ),
    ("plan_appointment", {"on": DAY}, Appointment),
    ("quick_record", {"udfald": "no_show"}, Meeting),
]


def offer_in(page):
    """Return the offer of the button "Fortryd" on the page."""
    return re.search(r'name="fortryd" value="([^"]+)"', page.text)[1]


def known(model):
    return set(model.objects.known().values_list("pk", flat=True))


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


@pytest.mark.parametrize(("name", "data", "model"), FORMS)
def test_one_tap_withdraws_what_was_written(torbens, yusuf, name, data, model):
    before = known(model)
    page = torbens.post(reverse(name, args=[yusuf.uuid]), data, follow=True)
    assert known(model) > before
    answer = torbens.post(reverse("undo"), {"fortryd": offer_in(page)}, follow=True)
    assert answer.status_code == 200 and "Fortrudt" in answer.text
    assert known(model) == before
    assert model.objects.filter(withdrawn_reason="Fortrudt med det samme").exists()


def test_everything_a_meeting_form_wrote_is_withdrawn(sign_in, mette, yusuf):
    form = meeting_form(
        **{"nyt-status": "work", "nyt-what": "Ringe", "nyt-due_on": DAY, "naeste-when": "other"},
        **{"naeste-on": DAY},
    )
    models = (Meeting, StatusChange, Agreement, Appointment)
    before = [known(model) for model in models]
    page = sign_in(mette).post(log_url(yusuf), form, follow=True)
    assert [len(known(model)) for model in models] == [len(rows) + 1 for rows in before]
    sign_in(mette).post(reverse("undo"), {"fortryd": offer_in(page)})
    assert [known(model) for model in models] == before


def test_an_appointment_that_was_replaced_comes_back(sign_in, mette, yusuf):
    Appointment(mentee=yusuf, on=today() + timedelta(days=3), place="Klubben").make(by=mette)
    page = sign_in(mette).post(
        reverse("plan_appointment", args=[yusuf.uuid]), {"on": DAY}, follow=True
    )
    sign_in(mette).post(reverse("undo"), {"fortryd": offer_in(page)})
    appointment = Appointment.objects.known().get()
    assert (appointment.on, appointment.place) == (today() + timedelta(days=3), "Klubben")


def test_a_substitution_is_withdrawn(torbens, mette, rashid):
    form = {"vikar-mentor": mette.pk, "vikar-substitute": rashid.pk}
    form |= {"vikar-starts_on": DAY, "vikar-ends_on": DAY}
    page = torbens.post(reverse("add_substitution"), form, follow=True)
    torbens.post(reverse("undo"), {"fortryd": offer_in(page)})
    assert not Substitution.objects.known().exists() and Substitution.objects.exists()


# Too late


def changed_status(client, mentee, status="work"):
    form = {"status": status, "effective_on": DAY}
    return client.post(reverse("change_status", args=[mentee.uuid]), form, follow=True)


def test_not_when_another_status_was_written_since(torbens, yusuf):
    first = offer_in(changed_status(torbens, yusuf))
    changed_status(torbens, yusuf, "internship")
    answer = torbens.post(reverse("undo"), {"fortryd": first}, follow=True)
    assert "kan ikke fortrydes længere" in answer.text
    assert StatusChange.objects.known().count() == 3


def test_not_when_the_agreement_is_closed(sign_in, mette, yusuf):
    name, data, _ = FORMS[4]
    page = sign_in(mette).post(reverse(name, args=[yusuf.uuid]), data, follow=True)
    agreement = Agreement.objects.get()
    agreement.close("kept", on=today(), by=mette)
    answer = sign_in(mette).post(reverse("undo"), {"fortryd": offer_in(page)}, follow=True)
    assert "kan ikke fortrydes længere" in answer.text
    agreement.refresh_from_db()
    assert agreement.withdrawn_at is None


def test_not_after_half_an_hour(torbens, yusuf):
    offer = offer_in(changed_status(torbens, yusuf))
    long_ago = timezone.now() - undo.WITHIN - timedelta(seconds=1)
    falsify(StatusChange.objects.filter(status="work"), recorded_at=long_ago)
    answer = torbens.post(reverse("undo"), {"fortryd": offer}, follow=True)
    assert "kan ikke fortrydes længere" in answer.text
    assert StatusChange.objects.known().filter(status="work").exists()


def test_a_meeting_that_was_corrected_is_not_undone(sign_in, mette, yusuf):
    page = sign_in(mette).post(log_url(yusuf), meeting_form(note="Først"), follow=True)
    meeting = Meeting.objects.get()
    form = meeting_form() | {f"{yusuf.uuid}-outcome": "met", f"{yusuf.uuid}-note": "Rettet"}
    sign_in(mette).post(reverse("correct_meeting", args=[meeting.uuid]), form)
    answer = sign_in(mette).post(reverse("undo"), {"fortryd": offer_in(page)}, follow=True)
    assert "allerede rettet eller trukket tilbage" in answer.text
    assert Attendance.objects.known().get().note == "Rettet"


# Somebody else's


def test_only_its_author_can_use_an_offer(torbens, sign_in, mette, yusuf):
    offer = offer_in(changed_status(torbens, yusuf))
    assert sign_in(mette).post(reverse("undo"), {"fortryd": offer}).status_code == 404
    assert StatusChange.objects.known().filter(status="work").exists()


def test_not_when_the_match_has_ended_meanwhile(sign_in, mette, rashid, yusuf, torben):
    offer = offer_in(changed_status(sign_in(mette), yusuf))
    yusuf.match(rashid, on=today(), by=torben)
    assert sign_in(mette).post(reverse("undo"), {"fortryd": offer}).status_code == 404
    assert StatusChange.objects.known().filter(status="work").exists()


def test_not_without_the_permission_that_writing_needs(torbens, torben, programme, yusuf):
    page = torbens.post(
        reverse("match_mentor", args=[yusuf.uuid]),
        {"mentor": "ingen", "effective_on": DAY},
        follow=True,
    )
    become(torben, Role.MENTOR)
    yusuf.match(torben, on=today(), by=torben)
    answer = torbens.post(reverse("undo"), {"fortryd": offer_in(page)})
    assert answer.status_code in (403, 404)
    assert Match.objects.known().count() == 3


@pytest.mark.parametrize("offer", ["", "noget", "a:b:c"])
def test_an_offer_that_was_not_given_is_not_found(torbens, offer, yusuf):
    assert torbens.post(reverse("undo"), {"fortryd": offer}).status_code == 404
