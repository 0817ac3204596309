"""Ending a role: nobody is left behind unseen, and nothing typed is lost."""

import re
import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from accounts.tests.test_mails import wait_for_mails
from cases.models import Agreement, Match, Mentee, Role
from cases.register import Register
from cases.tests.builders import end_roles, log
from setup.models import Invitation
from setup.tests.builders import an_invitation
from web.dates import today

DAY = timedelta(days=1)
REASON = {"reason": "Nyt job"}


def address(user):
    return reverse("end_role", args=[user.memberships.get().uuid])


def last_day(day=None):
    return {"last_on": (day or today()).isoformat()}


def mentor_of(mentee, on):
    register = Register.of_programme(mentee.programme)
    return next(person.mentors.on(on) for person in register.people if person.id == mentee.pk)


@pytest.fixture
def ten(enrol, mette):
    return [enrol(f"Ung {number}", mentor=mette) for number in "abcdefghij"]


def selects(people, mentor):
    value = mentor.pk if mentor else "ingen"
    return {f"m-{person.uuid}": value for person in people}


def test_ten_change_mentor_in_one_form(sign_in, torben, mette, rashid, ten, programme):
    some, rest = ten[:6], ten[6:]
    form = REASON | last_day() | selects(some, rashid) | selects(rest, None)
    answer = sign_in(torben).post(address(mette), form)

    assert answer.status_code == 302
    role = mette.memberships.get()
    assert (role.ended_on, role.ended_by, role.ended_reason) == (today(), torben, "Nyt job")
    assert {mentor_of(person, today()) for person in ten} == {mette.pk}
    assert {mentor_of(person, today() + DAY) for person in some} == {rashid.pk}
    assert {mentor_of(person, today() + DAY) for person in rest} == {None}
    assert not Mentee.objects.visible_to(mette, today() + DAY).exists()


def test_nobody_is_chosen_beforehand_and_one_missing_comes_back(
    sign_in, torben, mette, rashid, ten
):
    client = sign_in(torben)
    assert "10 mangler en ny mentor" in client.get(address(mette)).text
    before = Match.objects.count()
    form = REASON | last_day() | selects(ten[:9], rashid)
    answer = client.post(address(mette), form)

    assert answer.status_code == 422
    assert "Vælg, hvem der tager over for Ung j." in answer.text
    assert answer.text.count(f'<option value="{rashid.pk}" selected>') == 9
    assert "Nyt job" in answer.text
    assert Match.objects.count() == before and not mette.memberships.get().ended_on


def test_the_rest_are_filled_without_saving(sign_in, torben, mette, rashid, ten):
    form = REASON | last_day() | selects(ten[:2], None) | {"alle": rashid.pk, "udfyld": "1"}
    answer = sign_in(torben).post(address(mette), form)

    assert answer.status_code == 200 and not mette.memberships.get().ended_on
    assert answer.text.count(f'<option value="{rashid.pk}" selected>') == 8 + 1
    assert answer.text.count('<option value="ingen" selected>') == 2
    assert "Nyt job" in answer.text and "mangler en ny mentor" not in answer.text


def test_a_mentor_who_has_gone_is_followed_up_from_the_same_page(
    sign_in, torben, mette, rashid, ten
):
    end_roles(mette.memberships.all(), today() - 5 * DAY)
    client = sign_in(torben)
    assert "Find nye mentorer" in client.get(reverse("people")).text
    answer = client.post(address(mette), selects(ten, rashid))

    assert answer.status_code == 302
    assert {mentor_of(person, today()) for person in ten} == {rashid.pk}
    assert {mentor_of(person, today() - DAY) for person in ten} == {mette.pk}


def test_the_operator_sees_numbers_and_no_name(sign_in, olga, mette, torben, ten):
    client = sign_in(olga)
    text = client.get(address(mette)).text
    assert "<b>10</b> unge uden mentor" in text and "Ung " not in text

    answer = client.post(address(mette), REASON | last_day())
    assert answer.status_code == 422 and "Vælg, hvem der finder nye mentorer." in answer.text
    client.post(address(mette), REASON | last_day() | {"who": "later"})
    assert {mentor_of(person, today() + DAY) for person in ten} == {None}


def test_the_coordinators_are_told_by_a_mail_without_names(
    sign_in, olga, mette, torben, ten, programme, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(olga).post(address(mette), REASON | last_day() | {"who": "later"})
    wait_for_mails()

    (mail,) = mailoutbox
    assert mail.to == [torben.email] and f"/overblik/?indsats={programme.slug}" in mail.body
    assert not re.search("Ung [a-j]|Mette|Nyt job", mail.subject + mail.body)
    assert sign_in(torben).get(f"/overblik/?indsats={programme.slug}").status_code == 200


def test_no_mail_when_somebody_takes_over_or_nobody_is_left(
    sign_in, olga, mette, rashid, torben, yusuf, mailoutbox, django_capture_on_commit_callbacks
):
    client = sign_in(olga)
    with django_capture_on_commit_callbacks(execute=True):
        to_one = {"who": "one", "mentor": rashid.pk}
        client.post(address(mette), REASON | last_day(today() - DAY) | to_one)
        client.post(address(torben), REASON | last_day())
    wait_for_mails()

    assert mailoutbox == []
    assert {user.memberships.get().ended_on for user in (mette, torben)} == {
        today() - DAY,
        today(),
    }


def test_those_with_something_late_come_first_with_their_red_line(
    sign_in, torben, mette, enrol, programme
):
    for name in ("Anton Bech", "Bo Dam", "Carl Eg"):
        person = enrol(name, mentor=mette)
        log(person, mette)
    Agreement(
        mentee=person, what="Begynde på FGU", agreed_on=today() - 9 * DAY, due_on=today() - DAY
    ).make(by=mette)
    enrol("David Friis", mentor=mette)  # not met since February
    text = sign_in(torben).get(address(mette)).text

    names = re.findall(r"<h3 class=.mb-0.>(.*?)</h3>", text)
    assert names == ["Carl Eg", "David Friis", "Anton Bech", "Bo Dam"]
    assert text.count('class="small late') == 2 and "Ungecenter" in text


@pytest.mark.parametrize(
    ("posted", "last_on"),
    [
        ({"day": "2026-11-28"}, date(2026, 11, 28)),
        ({"day": "2026-11-30"}, date(2026, 11, 30)),
        ({"day": "2026-11-30", "last_on": "2026-12-24"}, date(2026, 11, 30)),
        ({"day": "other", "last_on": "2026-12-24"}, date(2026, 12, 24)),
        ({"day": "2026-11-27"}, date(2026, 11, 27)),  # today, when the page was opened
        ({"day": "other"}, None),
        ({"day": "x"}, None),
        ({}, None),
    ],
)
def test_the_last_day_is_a_chip_or_another_day(
    sign_in, torben, mette, kirsten, olga, monkeypatch, posted, last_on
):
    monkeypatch.setattr("setup.forms.end_role.today", lambda: date(2026, 11, 28))
    client = sign_in(olga)
    page = client.get(address(kirsten)).text
    assert "Mandag 30. november<" in page and "I dag" in page
    client.post(address(kirsten), REASON | posted)

    assert kirsten.memberships.get().ended_on == last_on


@pytest.mark.parametrize("name", ["invite", "end_role", "send_invitation_again"])
def test_who_it_is_is_asked_again_before_a_role_changes(client, torben, mette, programme, name):
    about = {
        "invite": [],
        "end_role": [mette.memberships.get().uuid],
        "send_invitation_again": [an_invitation(programme, torben)[0].uuid],
    }
    enter(client, torben, at=time.time() - 301)
    before = Invitation.objects.count()

    answer = client.post(reverse(name, args=about[name]), REASON | last_day())
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert Invitation.objects.count() == before and not mette.memberships.get().ended_on


def test_the_operator_gives_all_to_one(sign_in, olga, mette, rashid, ten):
    client, form = sign_in(olga), REASON | last_day() | {"who": "one"}
    assert "Vælg den mentor, der tager alle." in client.post(address(mette), form).text
    client.post(address(mette), form | {"mentor": rashid.pk})

    assert {mentor_of(person, today() + DAY) for person in ten} == {rashid.pk}


def test_meetings_after_the_last_day_are_asked_about(sign_in, torben, mette, rashid, yusuf):
    log(yusuf, mette)
    client = sign_in(torben)
    form = REASON | last_day(today() - 2 * DAY) | selects([yusuf], rashid)
    answer = client.post(address(mette), form)
    assert answer.status_code == 409 and "har logget 1 møde efter den dag" in answer.text
    assert not mette.memberships.get().ended_on

    assert client.post(address(mette), form | {"moeder_efter": "1"}).status_code == 302
    assert mette.memberships.get().ended_on == today() - 2 * DAY
    assert mentor_of(yusuf, today()) == rashid.pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_on": ""}, "Vælg den sidste dag."),
        ({"last_on": "i morgen"}, ""),
        ({"last_on": "2001-01-01"}, "før den begynder"),
        ({"last_on": "2099-01-01"}, ""),
        ({"reason": " "}, "Skriv, hvorfor rollen slutter."),
        ({"reason": "140507-1234"}, "CPR"),
        ({"reason": "x" * 301}, ""),
    ],
)
def test_what_cannot_be_is_said(sign_in, torben, mette, rashid, yusuf, changes, sentence):
    form = REASON | last_day() | selects([yusuf], rashid) | changes
    answer = sign_in(torben).post(address(mette), form)

    assert answer.status_code == 422 and sentence in answer.text
    assert not mette.memberships.get().ended_on


def test_somebody_who_cannot_take_over_is_no_choice(sign_in, torben, mette, rashid, yusuf, signe):
    client = sign_in(torben)
    for mentor in (signe, mette, torben):
        form = REASON | last_day() | selects([yusuf], mentor)
        assert client.post(address(mette), form).status_code == 422
    end_roles(rashid.memberships.all(), today())
    form = REASON | last_day() | selects([yusuf], rashid)
    assert client.post(address(mette), form).status_code == 422


def test_the_last_operator_stays(sign_in, olga):
    client = sign_in(olga)
    answer = client.post(address(olga), REASON | last_day())

    assert answer.status_code == 422 and "skal have en administrator" in answer.text


def test_another_role_is_ended_without_young_people(sign_in, olga, kirsten):
    assert sign_in(olga).post(address(kirsten), REASON | last_day()).status_code == 302
    assert kirsten.memberships.get().ended_on == today()


@pytest.mark.slow
def test_a_thousand_roles_end_between_requests_and_none_is_served_after(
    programme, mette, yusuf, torben, client
):
    served_before = served_after = 0
    for number in range(1000):
        user = User.objects.create_user(f"u{number}@example.dk", name="Nogen Nogensen")
        role = user.memberships.create(
            programme=programme, role=Role.COORDINATOR, starts_on=today() - 2 * DAY
        )
        enter(client, user)
        served_before += client.get(yusuf.get_absolute_url()).status_code == 200
        role.end(on=today() - DAY, by=torben, reason="Stopper")
        served_after += client.get(yusuf.get_absolute_url()).status_code == 200
    assert (served_before, served_after) == (1000, 0)


def test_the_role_of_the_coordinator_themselves_is_not_theirs_to_end(sign_in, torben):
    role = torben.memberships.get(role=Role.COORDINATOR)

    assert sign_in(torben).get(reverse("end_role", args=[role.uuid])).status_code == 404


def test_queries_do_not_grow_with_people(sign_in, torben, mette, enrol, programme):
    client = sign_in(torben)
    pages = (reverse("people"), address(mette))

    def counts():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            found.append(len(queries))
        return found

    enrol("Ung a", mentor=mette)
    counts()
    few = counts()
    for number in range(10):
        enrol(f"Ung {number}", mentor=mette)
        an_invitation(programme, torben, email=f"ny{number}@example.dk")
        user = User.objects.create_user(f"m{number}@example.dk", name="Nogen Nogensen")
        user.memberships.create(programme=programme, role=Role.MENTOR, starts_on=today())
    assert counts() == few and max(few) < 30
