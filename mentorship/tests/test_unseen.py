"""Whatever somebody asks for or sends, no answer names a young person they may not see."""

import html
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cases.models import AttendanceOutcome
from cases.tests.builders import log, log_url, meeting_form, person_form
from conftest import member
from web.dates import today

from .forms import FORMS, TYPED, a_stage, hidden

UNSEEN = ("Yusuf", "Hamdan", "Bilal", "Karim", "Sofus", "Bang")
DAY = timedelta(days=1)


@pytest.fixture
def lone(programme):
    """A mentor who sees nobody else's."""
    return member(programme, "Lone Friis", "mentor")


@pytest.fixture
def own(enrol, lone):
    """Lone's own young person."""
    return enrol("Hadi Nur", mentor=lone, by=lone)


@pytest.fixture
def stage(yusuf, bilal, sofus, mette, rashid, torben, programme):
    return a_stage(
        yusuf=yusuf, bilal=bilal, mette=mette, rashid=rashid, torben=torben, programme=programme
    )


@pytest.fixture
def lones(sign_in, lone):
    return sign_in(lone)


def names_in(answer):
    """The unseen names in the body, the headers and the messages."""
    told = [html.unescape(answer.text), *answer.headers.values(), *answer.cookies.output()]
    told += map(str, get_messages(answer.wsgi_request))
    # "Yusufs" too, but not four letters of a random token.
    return {name for name in UNSEEN for text in told if re.search(rf"(?<!\w){name}(?!\w\w)", text)}


def without_names(data):
    """The form without a name of its own, which the answer gives back."""
    return {
        key: TYPED if isinstance(value, str) and any(name in value for name in UNSEEN) else value
        for key, value in data.items()
    }


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("has_own", [False, True])
def test_every_form_as_somebody_who_sees_none_of_them(
    request, stage, lones, programme, name, has_own
):
    if has_own:
        request.getfixturevalue("own")
    address, data = stage(name)
    for answer in (
        lones.get(address),
        lones.post(address, without_names(data) | hidden(programme)),
        lones.post(address, hidden(programme)),
        lones.post(address, {"form_key": "", "form_programme": ""}),
        lones.get("/min-uge/"),
        lones.get("/unge/?status=alle"),
    ):
        assert answer.status_code < 500
        assert names_in(answer) == set(), address


def test_the_names_would_be_found(stage, sign_in, mette):
    """The same walk as Yusuf's mentor does find him."""
    address, _ = stage("change_status")
    assert names_in(sign_in(mette).get(address)) == {"Yusuf", "Hamdan"}


def test_a_namesake_out_of_sight_is_not_asked_about(lones, own, yusuf):
    """The question would tell that the other one is here; a coordinator is asked."""
    twin = person_form(name=yusuf.name, born_on=yusuf.born_on.isoformat())
    answer = lones.post(reverse("take_in"), twin)
    assert answer.status_code == 302
    assert str(yusuf.uuid) not in answer.url


def test_a_companion_out_of_sight_is_left_out(lones, own, yusuf, lone):
    fields = {"med": str(yusuf.uuid), f"{yusuf.uuid}-outcome": "met", f"{yusuf.uuid}-note": "x"}
    drawn = lones.post(log_url(own), meeting_form(**fields, flere="1", tilfoej=str(yusuf.uuid)))
    saved = lones.post(log_url(own), meeting_form(**fields))
    assert (drawn.status_code, saved.status_code) == (200, 302)
    assert names_in(drawn) == names_in(saved) == set()
    assert not yusuf.attendances.exists()


@pytest.fixture
def group_meeting(own, yusuf, lone, mette, torben, bilal):
    """One that Lone held with three, of whom two have other mentors now."""
    log(yusuf, mette, on=today() - DAY)
    return log(own, lone, on=today() - 20 * DAY, others=[yusuf, bilal], note="En fælles note")


def correction(meeting, own, **changes):
    form = {f"{own.uuid}-outcome": AttendanceOutcome.MET, f"{own.uuid}-note": "Rettet"}
    return meeting_form(**form, **changes)


@pytest.mark.parametrize(
    "day", [date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 8), date(2026, 3, 9), today()]
)
def test_correcting_the_day_of_a_group_meeting(lones, group_meeting, own, bilal, yusuf, day):
    """Bilal was enrolled on 9 March, Yusuf and Hadi on 2 February."""
    address = reverse("correct_meeting", args=[group_meeting.uuid])
    assert names_in(lones.get(address)) == set()
    answer = lones.post(
        address, correction(group_meeting, own, day="other", held_on=day.isoformat())
    )
    assert names_in(answer) == set()
    page = " ".join(html.unescape(answer.text).split())
    assert "9. marts" not in page and "2. februar" not in page
    if day >= bilal.enrolled_on:
        assert answer.status_code == 302
        assert yusuf.attendances.filter(meeting__held_on=day, note="En fælles note").exists()
    else:
        assert answer.status_code == 422
        assert "En anden, der var med til mødet, var ikke indskrevet den dag." in page


def test_a_group_meeting_that_was_changed_or_withdrawn_meanwhile(lones, group_meeting, own, torben):
    address = reverse("correct_meeting", args=[group_meeting.uuid])
    assert lones.post(address, correction(group_meeting, own)).status_code == 302
    second = lones.post(address, correction(group_meeting, own, minutes="60"))
    assert second.status_code == 409 and names_in(second) == set()
    newest = group_meeting.newest_version()
    withdraw = reverse("withdraw_meeting", args=[newest.uuid])
    assert names_in(lones.get(withdraw)) == set()
    answer = lones.post(withdraw, {"reason": "Forkert dag"}, follow=True)
    assert answer.status_code == 200 and names_in(answer) == set()


def test_another_meeting_that_day_is_asked_about_without_the_others(lones, group_meeting, own):
    day = group_meeting.held_on.isoformat()
    answer = lones.post(log_url(own), meeting_form(day="other", held_on=day))
    assert answer.status_code == 409 and "En fælles note" in answer.text
    assert names_in(answer) == set()
    key = str(group_meeting.submit_key)
    again = lones.post(log_url(own), meeting_form(submit_key=key, nyt_moede="1"))
    assert again.status_code == 409 and names_in(again) == set()


def test_somebody_elses_form_key_tells_nothing(lones, own, yusuf, mette):
    theirs = log(yusuf, mette, note="Om Yusuf", key=uuid4())
    answer = lones.post(log_url(own), meeting_form(submit_key=str(theirs.submit_key)))
    assert answer.status_code == 409 and names_in(answer) == set()
