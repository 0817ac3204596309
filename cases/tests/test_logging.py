"""Logging a meeting: saved exactly once, groups, and nothing typed is lost."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Session
from accounts.tests.builders import next_recovery_code
from accounts.tests.builders import sign_in as enter
from cases import weekly_contact
from cases.models import (
    Agreement,
    Attendance,
    AttendanceOutcome,
    Meeting,
    Mentee,
    Status,
    StatusChange,
    Substitution,
)
from cases.register import Register
from cases.tests.builders import log, log_url, meeting_form, person_form
from cases.tests.in_sql import as_of
from cases.weekly_contact import Contact, Mark, WeeklyMarks
from web import expired_session
from web.dates import hours, today
from web.validators import no_cpr, ways_to_reach_others
from web.weeks import Week


@pytest.fixture
def mettes(sign_in, mette, yusuf):
    return sign_in(mette)


@pytest.fixture
def malik(enrol, mette):
    return enrol("Malik Osman", mentor=mette)


@pytest.fixture
def elias(enrol, mette):
    return enrol("Elias Dahl", mentor=mette)


# Exactly once


def test_the_same_key_with_another_text_shows_both(mettes, yusuf):
    form = meeting_form(note="Den første tekst")
    mettes.post(log_url(yusuf), form)
    answer = mettes.post(log_url(yusuf), form | {"note": "En anden tekst"})
    assert answer.status_code == 409
    assert "Den første tekst" in answer.text and "En anden tekst" in answer.text
    assert "Der er allerede gemt et møde herfra" in answer.text
    assert Meeting.objects.count() == 1
    key = answer.context["form"].meeting["submit_key"].value()
    assert key != form["submit_key"]
    mettes.post(
        log_url(yusuf), form | {"note": "En anden tekst", "submit_key": key, "nyt_moede": "1"}
    )
    assert {row.note for row in Attendance.objects.all()} == {"Den første tekst", "En anden tekst"}


def test_a_second_meeting_the_same_day_is_asked_about_once(mettes, yusuf):
    mettes.post(log_url(yusuf), meeting_form(note="Om morgenen"))
    second = meeting_form(note="Om aftenen")
    answer = mettes.post(log_url(yusuf), second)
    assert answer.status_code == 409
    assert "Er det endnu et møde, så gem igen." in answer.text
    assert "Om morgenen" in answer.text and "Om aftenen" in answer.text
    assert 'name="nyt_moede"' in answer.text
    assert mettes.post(log_url(yusuf), second | {"nyt_moede": "1"}).status_code == 302
    assert Meeting.objects.count() == 2


def test_another_mentors_meeting_the_same_day_is_not_asked_about(mettes, yusuf, rashid):
    log(yusuf, rashid)
    assert mettes.post(log_url(yusuf), meeting_form()).status_code == 302


def test_a_second_tap_of_udeblevet_is_asked_about(mettes, yusuf, mette):
    log(yusuf, mette)
    url, form = (
        reverse("quick_record", args=[yusuf.uuid]),
        {"udfald": "no_show"},
    )
    answer = mettes.post(url, form)
    assert answer.status_code == 409 and "allerede logget" in answer.text
    assert mettes.post(url, form | {"nyt_moede": "1"}).status_code == 302
    assert Meeting.objects.count() == 2


def test_a_meeting_nobody_came_to_has_no_minutes(mettes, yusuf):
    mettes.post(log_url(yusuf), meeting_form(outcome="no_show", minutes="45"))
    assert Meeting.objects.get().minutes is None


def test_a_form_left_open_over_midnight_keeps_its_day(mettes, yusuf):
    two_days_ago = today() - timedelta(days=2)
    mettes.post(log_url(yusuf), meeting_form(day=two_days_ago.isoformat()))
    assert Meeting.objects.get().held_on == two_days_ago


# A group


def test_others_join_without_anything_being_lost_or_saved(mettes, yusuf, malik, elias):
    form = meeting_form(note="Gik en tur", flere="1", tilfoej=[str(malik.uuid), str(elias.uuid)])
    answer = mettes.post(log_url(yusuf), form)
    assert answer.status_code == 200
    assert "Gik en tur" in answer.text
    assert not Meeting.objects.exists()
    assert set(answer.context["form"].companions) == {malik, elias}
    med = [str(malik.uuid), str(elias.uuid)]
    answer = mettes.post(
        log_url(yusuf), meeting_form(med=med, fjern=str(malik.uuid), note="Gik en tur")
    )
    assert set(answer.context["form"].companions) == {elias}


def group_form(*companions, **changes):
    form = meeting_form(minutes="60", med=[str(mentee.uuid) for mentee in companions], **changes)
    for mentee in companions:
        form |= {
            f"{mentee.uuid}-outcome": "met",
            f"{mentee.uuid}-note": f"Kun om {mentee.given_name}",
        }
    return form


def test_a_group_of_three_for_an_hour_is_60_minutes_and_a_contact_for_each(
    mettes, yusuf, malik, elias, mette, programme
):
    topic = programme.topics.first()
    mettes.post(log_url(yusuf), group_form(malik, elias, note="Kun om Yusuf", topics=[topic.pk]))
    assert Meeting.objects.count() == 1
    assert weekly_contact.minutes(mette, programme, today(), today()) == 60
    contacts = weekly_contact.contacts([yusuf.pk, malik.pk, elias.pk], today(), today())
    assert sorted(contacts) == sorted(Contact(m.pk, today(), "met") for m in (yusuf, malik, elias))
    assert {(row.mentee, row.note) for row in Attendance.objects.all()} == {
        (mentee, f"Kun om {mentee.given_name}") for mentee in (yusuf, malik, elias)
    }
    assert all(list(row.topics.all()) == [topic] for row in Attendance.objects.all())
    for mentee, other in ((yusuf, malik), (malik, elias), (elias, yusuf)):
        page = mettes.get(mentee.get_absolute_url()).text
        assert f"Kun om {mentee.given_name}" in page and f"Kun om {other.given_name}" not in page
    assert "1 t. til møder i denne uge" in mettes.get(reverse("my_week")).text


def test_each_of_a_group_has_an_outcome(mettes, yusuf, malik):
    form = group_form(malik) | {f"{malik.uuid}-outcome": "no_show"}
    mettes.post(log_url(yusuf), form)
    assert {row.mentee: row.outcome for row in Attendance.objects.all()} == {
        yusuf: "met",
        malik: "no_show",
    }
    week = Week.of(today())
    marks = WeeklyMarks(weekly_contact.contacts([yusuf.pk, malik.pk], week.monday, week.sunday))
    shown = {p.name: marks.mark(p, week) for p in Register.of_programme(yusuf.programme).people}
    assert shown == {"Yusuf Hamdan": Mark.MET, "Malik Osman": Mark.NO_SHOW}


def test_nobody_elses_young_person_joins_a_group(mettes, yusuf, bilal):
    answer = mettes.post(log_url(yusuf), meeting_form(flere="1", tilfoej=[str(bilal.uuid)]))
    assert answer.context["form"].companions == []
    assert "Bilal" not in answer.text
    mettes.post(log_url(yusuf), group_form(bilal))
    assert [row.mentee for row in Attendance.objects.all()] == [yusuf]


def test_a_companion_enrolled_later_is_refused_with_the_day(mettes, yusuf, enrol, mette):
    late = enrol("Ny Fyr", mentor=mette, on=today())
    form = group_form(late, day="other", held_on=(today() - timedelta(days=3)).isoformat())
    answer = mettes.post(log_url(yusuf), form)
    assert answer.status_code == 422 and "Ny blev indskrevet" in answer.text
    assert not Meeting.objects.exists()


# Contact details and CPR numbers in a note


@pytest.mark.parametrize(
    ("text", "contact_details"),
    [
        ("Ring til hans mor på 56 63 12 34", ["56 63 12 34"]),
        ("+45 12345678 og bo@example.dk", ["+45 12345678", "bo@example.dk"]),
        ("Hans mor har 56 63 12 34. Ring ikke.", ["56 63 12 34"]),
        ("Skriv til ung@skole.dk.", ["ung@skole.dk"]),
        ("Hans eget er 20 30 40 50", []),
        ("Den 12.11.2026.", []),
        ("Kl. 14.30 den 12.11.2026 i 45 minutter", []),
        ("Klasse 10, 2 timer, 500.000 kr.", []),
        ("", []),
    ],
)
def test_ways_to_reach_somebody_else(text, contact_details):
    assert ways_to_reach_others(text, own=("20304050", "")) == contact_details


def test_a_phone_number_is_questioned_and_can_be_kept(mettes, yusuf):
    form = meeting_form(note="Hans mor: 56 63 12 34")
    answer = mettes.post(log_url(yusuf), form)
    assert answer.status_code == 409
    assert "Er det en andens, så fjern det." in answer.text
    assert 'name="keep_reach"' in answer.text and not Meeting.objects.exists()
    assert mettes.post(log_url(yusuf), form | {"keep_reach": "on"}).status_code == 302


# An expired session


def test_what_was_typed_comes_back_after_signing_in(client, mettes, yusuf, mette):
    form = meeting_form(note="Vi gik en lang tur om søen.", author=expired_session.author(mette))
    Session.objects.all().delete()
    answer = mettes.post(log_url(yusuf), form)
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
    assert not Meeting.objects.exists()
    code = next_recovery_code(mette)
    asked = mettes.post(answer.url, {"login": mette.email, "password": "en lang adgangskode"})
    answer = mettes.post(asked.url, {"code": code}, follow=True)
    assert "Du var blevet logget ud." in answer.text
    assert "Vi gik en lang tur om søen." in answer.text
    assert form["submit_key"] in answer.text
    assert "Vi gik en lang tur om søen." not in mettes.get(log_url(yusuf)).text  # it is given once
    assert mettes.post(log_url(yusuf), form).status_code == 302
    assert Attendance.objects.get().note == "Vi gik en lang tur om søen."


def test_another_user_who_signs_in_does_not_see_it(mettes, yusuf, mette, torben):
    form = meeting_form(note="Kun Mettes", author=expired_session.author(mette))
    Session.objects.all().delete()
    address = mettes.post(log_url(yusuf), form).url
    answer = mettes.post(
        address, {"login": torben.email, "password": "en lang adgangskode"}, follow=True
    )
    assert "Kun Mettes" not in answer.text
    assert expired_session.KEY not in mettes.session


def test_what_was_typed_about_one_never_shows_about_another(mettes, yusuf, malik, mette):
    form = meeting_form(note="Kun om Yusuf", author=expired_session.author(mette))
    Session.objects.all().delete()
    mettes.post(log_url(yusuf), form)
    enter(mettes, mette)
    assert "Kun om Yusuf" not in mettes.get(log_url(malik)).text
    assert "Kun om Yusuf" in mettes.get(log_url(yusuf)).text


@pytest.mark.parametrize("author", ["", "noget", "1:forkert:underskrift"])
def test_a_form_that_does_not_say_for_whom_it_was_made_is_not_kept(client, yusuf, author):
    client.post(log_url(yusuf), meeting_form(note="Fremmed", author=author))
    assert expired_session.KEY not in client.session


# The status "Aftale om kommende ..."


def status_form(**changes):
    return {"status": "agreement", "detail": "", "effective_on": today().isoformat()} | changes


def test_the_status_agreement_asks_what_begins_and_when(mettes, yusuf):
    url = reverse("change_status", args=[yusuf.uuid])
    answer = mettes.post(url, status_form())
    assert answer.status_code == 422
    assert "Skriv, hvad der begynder." in answer.text and "Vælg dagen, det begynder." in answer.text
    assert StatusChange.objects.count() == 1
    day = (today() + timedelta(days=9)).isoformat()
    mettes.post(url, status_form(start_kind="job", start_what="Begynde i Netto", start_on=day))
    agreement = Agreement.objects.get()
    assert (agreement.kind, agreement.what, agreement.outcome) == ("job", "Begynde i Netto", "open")
    assert (
        mettes.post(url, status_form(detail="samme aftale")).status_code == 302
    )  # one is open already
    assert Agreement.objects.count() == 1


def test_the_same_in_the_meeting_form_and_at_intake(mettes, yusuf, mette):
    answer = mettes.post(log_url(yusuf), meeting_form(**{"nyt-status": "agreement"}))
    assert answer.status_code == 422 and "Skriv, hvad der begynder." in answer.text
    answer = mettes.post(reverse("take_in"), person_form(status="agreement"))
    assert answer.status_code == 422 and "Vælg dagen, det begynder." in answer.text


def test_when_the_day_has_passed_the_answer_changes_the_status_and_keeps_the_agreement(
    mettes, yusuf, mette
):
    day = today() - timedelta(days=4)
    agreement = Agreement(
        mentee=yusuf,
        kind="education",
        what="Begynde på FGU",
        agreed_on=day - timedelta(days=20),
        due_on=day,
    ).make(by=mette)
    assert "Begynde på FGU: dagen var" in mettes.get(reverse("my_week")).text
    page = mettes.get(yusuf.get_absolute_url()).text
    url = f"{reverse('change_status', args=[yusuf.uuid])}?aftale={agreement.uuid}"
    assert "Er Yusuf begyndt?" in page and url in page
    assert 'value="education" class="btn-check" id="id_status_1" checked' in mettes.get(url).text
    mettes.post(url, {"status": "education", "detail": "FGU", "effective_on": day.isoformat()})
    agreement.refresh_from_db()
    assert (agreement.outcome, agreement.closed_by) == ("kept", mette)
    assert as_of(Mentee.objects, day).get(pk=yusuf.pk).status == Status.EDUCATION


# A substitute


def test_a_substitute_logs_and_sees_that_it_is_a_substitution(
    sign_in, yusuf, mette, rashid, torben, programme
):
    Substitution.objects.create(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=today(),
        ends_on=today(),
        recorded_by=torben,
    )
    client = sign_in(rashid)
    assert "Du er vikar for Mette Sørensen." in client.get(reverse("my_week")).text
    assert "Du er vikar for Mette Sørensen til og med" in client.get(yusuf.get_absolute_url()).text
    client.post(log_url(yusuf), meeting_form(note="Mens Mette var væk"))
    assert Meeting.objects.get().held_by == rashid


# The mentor's habits


def test_the_most_used_topics_come_first(mettes, yusuf, mette, programme, rashid):
    job = programme.topics.get(name="Job")
    for by, topic, times in (
        (mette, job, 2),
        (rashid, programme.topics.get(name="Hverdag og søvn"), 5),
    ):
        for n in range(times):
            log(yusuf, by, on=today() - timedelta(days=n + 1)).attendances.get().topics.add(topic)
    text = mettes.get(log_url(yusuf)).text
    assert (
        text.index("Job</label>")
        < text.index("Uddannelse</label>")
        < text.index("Hverdag og søvn</label>")
    )


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, ""), (45, "45 min."), (60, "1 t."), (315, "5 t. 15 min.")]
)
def test_hours(minutes, text):
    assert hours(minutes) == text


def test_all_outcomes_have_a_mark():
    assert set(weekly_contact.MARK_OF) == set(AttendanceOutcome)


def test_a_word_of_four_thousand_letters_is_searched_quickly():
    begun = time.process_time()
    for _ in range(50):
        assert ways_to_reach_others("a" * 4000) == []
        assert ways_to_reach_others("1" * 4000) == []
    assert time.process_time() - begun < 1


def test_a_uuid_is_no_cpr_number_and_hides_none():
    uuid = "230592a0-1d53-495f-8f2f-0405596700b8"
    no_cpr(f"Nøglen er {uuid.upper()}.")
    for text in (f"{uuid} 010203-4567", f"010203 4567 {uuid}", f"010203-4567-{uuid[9:]}"):
        with pytest.raises(ValidationError):
            no_cpr(text)


def test_a_long_text_is_searched_quickly():
    begun = time.process_time()
    for text in ("0123456789abcdef" * 20_000, "01234567-" * 40_000, "23059200-1d53-" * 25_000):
        no_cpr(text)
    assert time.process_time() - begun < 0.5
