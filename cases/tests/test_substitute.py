"""What a substitute may read of a young person, and what only the mentor may."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import questions, undo
from cases.history import EVENT_KINDS, draw_day
from cases.models import (
    Agreement,
    Attendance,
    FieldChange,
    Meeting,
    Membership,
    Partner,
    Role,
    Substitution,
)
from cases.tests.builders import a_strike, log, meeting_form
from conftest import STARTED, member
from web.dates import today
from web.versioned_cache import VersionedCache

DAY = timedelta(days=1)
LIMIT = today() - timedelta(weeks=8)  # the first day that may be read
CRITERION = "kriminalitetstruet"


@pytest.fixture
def rashid_stands_in(programme, mette, rashid, torben):
    return Substitution.objects.create(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=today(),
        ends_on=today() + 7 * DAY,
        recorded_by=torben,
    )


@pytest.fixture
def story(yusuf, mette, programme, rashid_stands_in):
    """Old and new rows of every kind about Yusuf; the old ones say "Gammel"."""
    old, new = LIMIT - DAY, LIMIT
    yusuf.at_risk_of_crime = True
    yusuf.phone = "11 22 33 44"
    yusuf.referred_by = Partner.objects.create(programme=programme, name="SSP Køge")
    yusuf.save()
    for field, texts in {
        "criteria": ("", CRITERION),
        "referred_by": ("", "SSP Køge"),
        "phone": ("55 66 77 88", "11 22 33 44"),
    }.items():
        FieldChange.objects.record(programme, {field: texts}, by=mette, mentee=yusuf)
    yusuf.change_status("school", on=old - 40 * DAY, by=mette, detail="Gammel detalje")
    yusuf.change_status("work", on=old - 20 * DAY, by=mette, detail="lager")
    withdrawn = yusuf.change_status("education", on=old, by=mette, detail="Gammel fejl")
    withdrawn.withdraw(by=mette, reason="Gammel grund")
    yusuf.pause("holiday", on=old - 5 * DAY, by=mette, last_day=old - 3 * DAY)
    rows = {
        "old": log(yusuf, mette, on=old, note="Gammel note"),
        "new": log(yusuf, mette, on=new, note="Ny note"),
        "pause": yusuf.pause_set.last(),
    }
    step = {"mentee": yusuf, "due_on": today()}
    closed = Agreement(what="Gammel aftale", agreed_on=old - DAY, **step).make(by=mette)
    closed.close("kept", on=old, by=mette)
    Agreement(what="Åben aftale", agreed_on=old, **step).make(by=mette)
    return rows | {"closed": closed}


@pytest.fixture
def rashids(sign_in, rashid):
    return sign_in(rashid)


def text_of(client, mentee, kind=""):
    answer = client.get(mentee.get_absolute_url(), {"vis": kind})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_a_substitute_reads_the_agreements_and_the_last_weeks(rashids, story, yusuf):
    page = text_of(rashids, yusuf)
    for word in ("11 22 33 44", "Ny note", "Åben aftale", "Arbejde, lager", "Du er vikar for"):
        assert word in page
    for kind, _ in EVENT_KINDS:
        assert "Gammel" not in text_of(rashids, yusuf, kind)


def test_a_substitute_does_not_see_why_and_by_whom_the_young_person_came(rashids, story, yusuf):
    for kind, _ in EVENT_KINDS:
        page = text_of(rashids, yusuf, kind)
        assert CRITERION not in page.lower() and "SSP Køge" not in page
        assert "Ret oplysninger" not in page
    assert rashids.get(reverse("edit_mentee", args=[yusuf.uuid])).status_code == 403


def test_the_mentor_and_a_coordinator_read_all_of_it(sign_in, story, yusuf, mette, torben):
    for user in (mette, torben):
        page = text_of(sign_in(user), yusuf)
        for word in ("note", "aftale", "detalje", "fejl", "grund"):
            assert f"gammel {word}" in page.lower()
        assert CRITERION in page and "SSP Køge" in page


def test_a_coordinator_who_stands_in_is_not_limited(rashids, story, yusuf, rashid, programme):
    Membership.objects.create(
        programme=programme, user=rashid, role=Role.COORDINATOR, starts_on=STARTED
    )
    assert "Gammel note" in text_of(rashids, yusuf)


def test_an_older_meeting_is_not_there_for_a_substitute(rashids, story, rashid, mette):
    for name in ("correct_meeting", "withdraw_meeting"):
        for sent in (rashids.get, lambda url: rashids.post(url, meeting_form(reason="Forkert"))):
            assert sent(reverse(name, args=[story["old"].uuid])).status_code == 404
            assert sent(reverse(name, args=[story["new"].uuid])).status_code == 403  # Mette's
    notes = {row.note for row in Attendance.objects.visible_to(rashid)}
    assert notes == {"Ny note"}
    assert set(Meeting.objects.visible_to(rashid)) == {story["new"]}
    assert set(Meeting.objects.visible_to(mette)) == {story["old"], story["new"]}


def test_older_facts_and_agreements_are_not_there_either(rashids, story):
    of_fact = reverse("withdraw_fact", args=["pause", story["pause"].uuid])
    of_agreement = reverse("close_agreement", args=[story["closed"].uuid])
    for url in (of_fact, of_agreement):
        assert rashids.get(url).status_code == 404
        assert rashids.post(url, {"reason": "Forkert", "udfald": "kept"}).status_code == 404


def test_an_older_meeting_of_their_own_is_not_there_either(rashids, story, yusuf, rashid):
    """Of an earlier substitution: it is neither shown nor undone."""
    own = log(yusuf, rashid, on=LIMIT - DAY, note="Gammel egen note")
    assert "Gammel" not in text_of(rashids, yusuf)
    offer = undo.offer([own], by=rashid, back="/min-uge/")
    assert rashids.post(reverse("undo"), {"fortryd": offer}).status_code == 404


def test_an_earlier_version_from_before_is_not_unfolded(rashids, story, yusuf, mette):
    """A meeting whose day was corrected from before the limit to after it."""
    old = story["old"]
    moved = Meeting(
        programme=old.programme,
        held_on=today(),
        held_by=mette,
        submit_key="5f0c7d39-29c5-4b9a-9d8c-9b8ddf4d2f6d",
        replaces=old,
    )
    moved.record([(Attendance(mentee=yusuf, outcome="met", note="Flyttet note"), [])], by=mette)
    page = text_of(rashids, yusuf)
    assert "Flyttet note" in page and "Gammel" not in page


@pytest.mark.parametrize(("weeks", "sees_old"), [(None, True), (0, False), (12, True), (8, False)])
def test_the_programme_says_how_much(rashids, story, yusuf, programme, weeks, sees_old):
    type(programme).objects.update(substitute_sees_weeks=weeks)
    page = text_of(rashids, yusuf)
    assert ("Gammel note" in page) is sees_old
    assert ("Du kan læse historien fra" in page) is (weeks is not None)
    assert CRITERION not in page  # whatever the number


def test_the_coordinator_changes_it_with_a_trace(sign_in, torben, programme):
    client, url = sign_in(torben), reverse("set_substitute_sight")
    answer = client.post(url, {"laes-weeks": "alt"}, follow=True)
    programme.refresh_from_db()
    assert programme.substitute_sees_weeks is None
    assert "8 uger før vikariatet → Hele historien" in answer.text
    assert client.post(url, {}).status_code == 422  # an empty form opens nothing
    client.post(url, {"laes-weeks": "4"})
    programme.refresh_from_db()
    assert programme.substitute_sees_weeks == 4


def test_the_page_of_a_substitute_asks_no_more(
    django_assert_max_num_queries, rashids, story, yusuf
):
    with django_assert_max_num_queries(21):  # one more: until when they stand in
        rashids.get(yusuf.get_absolute_url())


def test_the_mentee_says_what_may_be_read(story, yusuf, mette, rashid):
    def read(user):
        rows = questions.visible_mentee(user=user.pk, on=today(), uuid=yusuf.uuid)
        return next(rows).readable_from

    assert (read(mette), read(rashid)) == (None, LIMIT)


@pytest.fixture
def readers(story, yusuf, mette, rashid, torben, kirsten, signe, programme):
    """{who: User}: all kinds of readers of Yusuf's page; Lone mentored him before Mette."""
    lone, sanne = member(programme, "Lone Dam", "mentor"), member(programme, "Sanne Vig", "mentor")
    yusuf.match(lone, on=yusuf.enrolled_on + DAY, by=torben)
    yusuf.match(mette, on=yusuf.enrolled_on + 2 * DAY, by=torben)
    a_strike(yusuf, mette)
    log(yusuf, lone, on=LIMIT, note="Lones note")
    Substitution.objects.create(
        programme=programme,
        mentor=mette,
        substitute=sanne,
        starts_on=today() - 14 * DAY,  # may read from two weeks earlier than Rashid
        ends_on=today() + DAY,
        recorded_by=torben,
    )
    mine = {"mentor": mette, "substitute": rashid, "earlier substitute": sanne}
    others = {"former mentor": lone, "committee": kirsten, "another programme's": signe}
    return mine | {"coordinator": torben} | others


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "first", ("mentor", "substitute", "earlier substitute", "coordinator", "former mentor")
)
def test_what_is_kept_after_one_reader_shows_the_next_no_more(sign_in, readers, yusuf, first):
    """Each gets from a process in which another has read the page what they get from a fresh one.

    A transaction would keep nothing.
    """

    def page(user):
        answer = sign_in(user).get(yusuf.get_absolute_url())
        return answer.status_code, re.sub(r'(name="\w+" value=)"[^"]*"', "", answer.text)

    def in_a_fresh_process(user):
        VersionedCache.clear_all()
        draw_day.cache_clear()
        return page(user)

    fresh = {who: in_a_fresh_process(user) for who, user in readers.items()}
    assert [status for status, _ in fresh.values()] == [200] * 4 + [404] * 3
    in_a_fresh_process(readers[first])
    assert {who: page(user) for who, user in readers.items()} == fresh
    assert len({text for status, text in fresh.values() if status == 200}) == 4
