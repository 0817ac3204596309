"""The register's pages, as mentors and coordinators use them."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.tests.builders import sign_in as enter
from cases.forms.meeting_entry import NewMeeting
from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    AttendanceOutcome,
    Meeting,
    Mentee,
    Pause,
    Status,
    StatusChange,
)
from cases.tests.builders import falsify, log, log_url, meeting_form, person_form
from cases.tests.in_sql import as_of
from web.dates import today

TODAY = today().isoformat()


def page(client, name, *args):
    return client.get(reverse(name, args=args)).text


@pytest.fixture
def mettes(sign_in, mette, yusuf):
    """The browser of Mette, who mentors Yusuf."""
    return sign_in(mette)


@pytest.fixture
def torbens(sign_in, torben, yusuf):
    return sign_in(torben)


# Min uge


def test_my_week_is_empty_and_says_what_to_do(sign_in, mette):
    text = page(sign_in(mette), "my_week")
    assert "Du har ingen unge endnu" in text
    assert reverse("take_in") in text


def test_my_week_counts_contacts_and_puts_the_longest_wait_first(mettes, enrol, mette):
    waits = enrol("Malik Osman", mentor=mette)
    met = enrol("Elias Dahl", mentor=mette)
    log(met, mette)
    log(waits, mette, on=today() - timedelta(days=23))
    text = page(mettes, "my_week")
    assert "<b>1</b> af 3 kontakter" in text
    # Yusuf was never met, so he has waited since he was enrolled
    assert text.index("Yusuf Hamdan") < text.index("Malik Osman") < text.index("Elias Dahl")
    assert "23 dage siden" in text


def test_somebody_on_pause_or_finished_is_not_waited_for(mettes, enrol, mette):
    paused = enrol("Zakaria Omar", mentor=mette)
    paused.pause(Pause.Reason.HOLIDAY, on=today() - timedelta(days=20), by=mette)
    enrol("Adam Holm", mentor=mette, status=Status.COMPLETED)
    text = page(mettes, "my_week")
    assert "<b>0</b> af 1 kontakter" in text
    assert "Zakaria Omar" in text and "Pause. Tæller ikke med" in text
    assert "Adam Holm" not in text


def test_one_tap_logs_and_another_undoes(mettes, yusuf, mette):
    form = {"udfald": "no_show", "form_key": str(uuid.uuid4())}
    answer = mettes.post(reverse("quick_record", args=[yusuf.uuid]), form, follow=True)
    assert "Yusuf Hamdan, udeblevet i dag." in answer.text
    attendance = Attendance.objects.known().get()
    assert (attendance.outcome, attendance.meeting.held_on, attendance.meeting.held_by) == (
        "no_show",
        today(),
        mette,
    )
    mettes.post(reverse("quick_record", args=[yusuf.uuid]), form)  # the same tap again
    assert Meeting.objects.count() == 1
    offer = re.search(r'name="fortryd" value="([^"]+)"', answer.text)[1]
    answer = mettes.post(reverse("undo"), {"fortryd": offer}, follow=True)
    assert "Fortrudt" in answer.text
    assert not Attendance.objects.known().exists()


def test_only_no_show_and_tried_are_one_tap(mettes, yusuf):
    for form in ({"udfald": "met"}, {"udfald": "tried for sent"}, {}):
        assert mettes.post(reverse("quick_record", args=[yusuf.uuid]), form).status_code == 404
    assert not Meeting.objects.exists()


# Logging a meeting


def test_a_meeting_is_logged_with_nothing_typed(mettes, yusuf):
    answer = mettes.post(log_url(yusuf), meeting_form(), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("my_week")
    assert "Gemt: mødet med Yusuf Hamdan." in answer.text
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.minutes, meeting.form) == (today(), 45, "area")
    assert "Møde afholdt" in page(mettes, "mentee", yusuf.uuid)


def test_everything_at_once(mettes, yusuf, programme):
    job = programme.topics.get(name="Job")
    in_a_week = today() + timedelta(days=7)
    form = meeting_form(
        day=(today() - timedelta(days=1)).isoformat(),
        minutes="other",
        minutes_other="25",
        form="phone",
        note="Ringede om jobbet.",
        topics=[job.pk],
        **{
            "naeste-when": "other",
            "naeste-on": in_a_week.isoformat(),
            "naeste-at": "15:30",
            "naeste-place": "boldbanen",
            "nyt-status": "work",
            "nyt-detail": "fritidsjob",
            "nyt-what": "Yusuf sender ansøgningen",
            "nyt-due_on": in_a_week.isoformat(),
        },
    )
    assert mettes.post(log_url(yusuf), form).status_code == 302
    yesterday = today() - timedelta(days=1)
    attendance = Attendance.objects.get()
    assert (attendance.note, [topic.name for topic in attendance.topics.all()]) == (
        "Ringede om jobbet.",
        ["Job"],
    )
    assert (attendance.meeting.held_on, attendance.meeting.minutes) == (yesterday, 25)
    status = StatusChange.objects.newest_first().first()
    assert (status.status, status.detail, status.effective_on) == ("work", "fritidsjob", yesterday)
    assert Agreement.objects.get().due_on == in_a_week
    assert Appointment.objects.get().place == "boldbanen"
    text = page(mettes, "mentee", yusuf.uuid)
    for words in (
        "Ringede om jobbet.",
        "25 min.",
        "kl. 15.30",
        "Yusuf sender ansøgningen",
        "Arbejde",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "other", "held_on": "2999-01-01"}, "Et møde kan først logges, når det er holdt"),
        ({"day": "other", "held_on": "2026-01-01"}, "Yusuf blev indskrevet 2. februar 2026"),
        ({"day": "other", "held_on": ""}, "Vælg datoen."),
        ({"day": "other", "held_on": "i forgårs"}, "Indtast en gyldig dato"),
        ({"minutes": "other", "minutes_other": ""}, "Skriv, hvor mange minutter."),
        ({"minutes": "other", "minutes_other": "to timer"}, "Skriv et helt antal minutter."),
        ({"note": "CPR 140307-1234"}, "Skriv ikke CPR-numre"),
        ({"naeste-when": "other", "naeste-on": ""}, "Vælg, hvilken dag I mødes."),
        (
            {"naeste-when": "other", "naeste-on": "2026-02-02"},
            "Vælg i dag eller en dag, der kommer.",
        ),
        ({"nyt-what": "Noget", "nyt-due_on": ""}, "Vælg, hvornår det senest skal ske."),
        ({"nyt-due_on": today().isoformat()}, "Skriv, hvad I har aftalt."),
    ],
)
def test_a_refused_meeting_comes_back_with_a_sentence_and_every_field(
    mettes, yusuf, changes, sentence
):
    changes = {"note": "Vi gik en tur om søen."} | changes
    answer = mettes.post(log_url(yusuf), meeting_form(**changes))
    assert answer.status_code == 422
    assert "Mødet er ikke gemt endnu" in answer.text
    assert sentence in answer.text
    assert changes["note"] in answer.text
    assert not Meeting.objects.exists() and not Agreement.objects.exists()


def test_the_same_form_twice_is_one_meeting(mettes, yusuf):
    form = meeting_form(note="Kun én gang")
    mettes.post(log_url(yusuf), form)
    answer = mettes.post(log_url(yusuf), form, follow=True)
    assert "Allerede gemt" in answer.text
    assert Meeting.objects.count() == 1


def test_an_equal_form_saved_while_this_one_is_checked_is_no_second_meeting(
    monkeypatch, mettes, yusuf
):
    """Found by bench/exactly_once.py on PostgreSQL: the user was asked about a second meeting."""
    form = meeting_form(note="Kun én gang")
    earlier_that_day = NewMeeting.earlier_that_day

    def save_equal_form_first(self):
        monkeypatch.setattr(NewMeeting, "earlier_that_day", earlier_that_day)
        mettes.post(log_url(yusuf), form)
        return earlier_that_day(self)

    monkeypatch.setattr(NewMeeting, "earlier_that_day", save_equal_form_first)
    assert "Allerede gemt" in mettes.post(log_url(yusuf), form, follow=True).text
    assert Meeting.objects.count() == 1


def test_the_form_proposes_what_was_usual(mettes, yusuf, mette):
    meeting = log(yusuf, mette, minutes=90, on=today() - timedelta(days=7))
    falsify(Meeting.objects.filter(pk=meeting.pk), form="out")
    Appointment(mentee=yusuf, on=today(), at="15:30").make(by=mette)
    text = mettes.get(log_url(yusuf)).text
    assert 'value="90" class="btn-check" id="id_minutes_4" checked' in text
    assert 'value="out" class="btn-check" id="id_form_1" checked' in text
    assert 'value="same" class="btn-check" id="id_naeste-when_0" checked' in text
    mettes.post(log_url(yusuf), meeting_form(**{"naeste-when": "same"}))
    assert Appointment.objects.known().get().on == today() + timedelta(days=7)


def test_without_a_mentee_the_page_asks_for_one(mettes, yusuf):
    text = page(mettes, "record_meeting")
    assert "Hvem mødte du?" in text and str(yusuf.uuid) in text
    assert mettes.get(f"{reverse('record_meeting')}?ung=ikke-en-nøgle").status_code == 404


# Correcting


def correction(meeting, mentee, **changes):
    prefix = str(mentee.uuid)
    form = meeting_form(day="other", held_on=meeting.held_on.isoformat())
    return form | {f"{prefix}-outcome": "met", f"{prefix}-note": ""} | changes


def test_a_correction_shows_and_the_first_text_is_kept(mettes, yusuf, mette):
    meeting = log(yusuf, mette, note="Vi gik en tru.")
    url = reverse("correct_meeting", args=[meeting.uuid])
    assert "Vi gik en tru." in mettes.get(url).text
    mettes.post(url, correction(meeting, yusuf, **{f"{yusuf.uuid}-note": "Vi gik en tur."}))
    text = page(mettes, "mentee", yusuf.uuid)
    assert (
        text.index("Vi gik en tur.")
        < text.index("Vis, hvad der stod")
        < text.index("Vi gik en tru.")
    )
    assert Attendance.objects.filter(note="Vi gik en tru.").exists()
    assert mettes.get(url).url.endswith(f"{Meeting.objects.known().get().uuid}/")


def test_two_who_correct_the_same_meeting_both_see_both_texts(mettes, client, yusuf, mette, torben):
    meeting = log(yusuf, mette, note="Første")
    url = reverse("correct_meeting", args=[meeting.uuid])
    mettes.post(url, correction(meeting, yusuf, **{f"{yusuf.uuid}-note": "Mettes rettelse"}))
    enter(client, torben)
    answer = client.post(
        url, correction(meeting, yusuf, **{f"{yusuf.uuid}-note": "Torbens rettelse"})
    )
    assert answer.status_code == 409
    assert "Mettes rettelse" in answer.text and "Torbens rettelse" in answer.text
    assert Attendance.objects.known().get().note == "Mettes rettelse"
    newest = Meeting.objects.known().get()
    again = reverse("correct_meeting", args=[newest.uuid])
    assert again in answer.text
    client.post(again, correction(newest, yusuf, **{f"{yusuf.uuid}-note": "Torbens rettelse"}))
    assert Attendance.objects.known().get().note == "Torbens rettelse"


def test_in_a_group_the_mentor_sees_and_corrects_their_own_and_the_other_is_kept(
    mettes, yusuf, bilal, mette
):
    meeting = log(yusuf, mette, others=[bilal], note="Fælles tur")
    falsify(Attendance.objects.filter(mentee=bilal), note="Om Bilal")
    url = reverse("correct_meeting", args=[meeting.uuid])
    text = mettes.get(url).text
    assert "Yusuf Hamdan" in text and "Bilal" not in text
    mettes.post(url, correction(meeting, yusuf, **{f"{yusuf.uuid}-note": "Om Yusuf"}))
    notes = {row.mentee: row.note for row in Attendance.objects.known()}
    assert notes == {yusuf: "Om Yusuf", bilal: "Om Bilal"}


def test_a_mentor_does_not_correct_another_mentors_meeting(mettes, yusuf, rashid):
    meeting = log(yusuf, rashid)
    assert mettes.get(reverse("correct_meeting", args=[meeting.uuid])).status_code == 403


def test_a_meeting_is_withdrawn_with_a_reason(mettes, yusuf, mette):
    meeting = log(yusuf, mette, note="Forkert ung")
    url = reverse("withdraw_meeting", args=[meeting.uuid])
    assert mettes.post(url, {"reason": " "}).status_code == 422
    mettes.post(url, {"reason": "Det var en anden"})
    text = page(mettes, "mentee", yusuf.uuid)
    assert "Trukket tilbage" in text and "Det var en anden" in text
    assert not Meeting.objects.known().exists()


# Dated facts


def test_a_new_status_from_a_day(mettes, yusuf):
    url = reverse("change_status", args=[yusuf.uuid])
    answer = mettes.post(
        url, {"status": "work", "detail": "lager", "effective_on": today().isoformat()}, follow=True
    )
    assert "Den nye status er gemt." in answer.text
    assert as_of(Mentee.objects, today()).get().status == Status.WORK


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"status": "work", "effective_on": "2026-01-31"}, "fra indskrivningen 2. februar 2026"),
        ({"status": "work", "effective_on": "2999-01-01"}, "Dagen ligger i fremtiden"),
        ({"status": "", "effective_on": "2026-03-01"}, "Vælg den nye status."),
        ({"status": "work", "effective_on": ""}, "Vælg dagen."),
        ({"status": "astronaut", "effective_on": "2026-03-01"}, "Marker en gyldig valgmulighed"),
    ],
)
def test_a_refused_status_says_why_and_keeps_the_rest(mettes, yusuf, form, sentence):
    answer = mettes.post(
        reverse("change_status", args=[yusuf.uuid]), form | {"detail": "lageret i Ølby"}
    )
    assert answer.status_code == 422
    assert sentence in answer.text and "lageret i Ølby" in answer.text
    assert StatusChange.objects.count() == 1


def test_move_match_and_pause(torbens, yusuf, areas, rashid):
    day = {"effective_on": today().isoformat()}
    torbens.post(reverse("move", args=[yusuf.uuid]), day | {"area": areas[2].pk})
    torbens.post(reverse("match_mentor", args=[yusuf.uuid]), day | {"mentor": rashid.pk})
    last = (today() + timedelta(days=13)).isoformat()
    torbens.post(reverse("pause", args=[yusuf.uuid]), day | {"reason": "holiday", "last_day": last})
    now = as_of(Mentee.objects, today()).get()
    assert (now.area_name, now.mentor_name, now.paused) == ("Ellemarken", "Rashid Noor", True)
    torbens.post(reverse("end_pause", args=[yusuf.uuid]), day)
    assert as_of(Mentee.objects, today()).get().paused is False
    torbens.post(reverse("move", args=[yusuf.uuid]), day | {"area": "ingen"})
    torbens.post(reverse("match_mentor", args=[yusuf.uuid]), day | {"mentor": "ingen"})
    now = as_of(Mentee.objects, today()).get()
    assert (now.area_id, now.mentor_id) == (None, None)


def test_somebody_elses_area_or_mentor_is_no_choice(torbens, yusuf, signe, other_programme):
    foreign = other_programme.areas.create(name="Naboparken")
    day = {"effective_on": today().isoformat()}
    assert (
        torbens.post(reverse("move", args=[yusuf.uuid]), day | {"area": foreign.pk}).status_code
        == 422
    )
    assert (
        torbens.post(
            reverse("match_mentor", args=[yusuf.uuid]), day | {"mentor": signe.pk}
        ).status_code
        == 422
    )


def test_a_wrong_status_is_withdrawn_and_stays_in_the_history(mettes, yusuf, mette):
    fact = yusuf.change_status(Status.WORK, on=today(), by=mette, detail="lager")
    url = reverse("withdraw_fact", args=["status", fact.uuid])
    assert "Arbejde fra" in mettes.get(url).text
    answer = mettes.post(
        url, {"reason": "Jobbet blev ikke til noget", "status": "", "detail": ""}, follow=True
    )
    assert "<s><strong>Status: Arbejde</strong></s>" in answer.text
    assert "Jobbet blev ikke til noget" in answer.text
    assert as_of(Mentee.objects, today()).get().status == Status.YOUTH_CENTRE
    assert mettes.get(url).status_code == 404


def test_the_first_status_is_withdrawn_only_for_the_right_one(mettes, yusuf):
    url = reverse("withdraw_fact", args=["status", yusuf.statuschange_set.get().uuid])
    answer = mettes.post(url, {"reason": "Forkert", "status": "", "detail": ""})
    assert answer.status_code == 422 and "Vælg den status, der er den rigtige." in answer.text
    mettes.post(url, {"reason": "Forkert", "status": "school", "detail": "10. klasse"})
    assert as_of(Mentee.objects, yusuf.enrolled_on).get().status == Status.SCHOOL


# Enrolment


def test_a_mentor_enrols_a_young_person_and_becomes_the_mentor(sign_in, mette, programme):
    answer = sign_in(mette).post(reverse("take_in"), person_form(), follow=True)
    assert "Hamza Said er indskrevet." in answer.text
    hamza = as_of(Mentee.objects, today()).get()
    assert (hamza.status, hamza.mentor_name, hamza.at_risk_of_dropping_out) == (
        "school",
        mette.name,
        True,
    )
    assert hamza.own_goal_on == today()
    assert "Jeg vil gerne have et job." in answer.text


def test_a_coordinator_chooses_the_mentor(sign_in, torben, rashid):
    client = sign_in(torben)
    assert client.post(reverse("take_in"), person_form()).status_code == 422  # no mentor chosen
    client.post(reverse("take_in"), person_form(mentor=rashid.pk))
    assert as_of(Mentee.objects, today()).get().mentor_name == "Rashid Noor"


def test_an_unusual_age_or_sex_is_a_hint_and_never_a_refusal(sign_in, mette):
    answer = sign_in(mette).post(
        reverse("take_in"), person_form(born_on="1998-01-01", gender="female"), follow=True
    )
    assert "Målgruppen er 16–25 år." in answer.text and "Målgruppen er unge mænd." in answer.text
    assert Mentee.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv den unges navn."),
        ({"name": "Hamza 140307-1234"}, "Skriv ikke CPR-numre"),
        ({"born_on": "2999-01-01"}, "Fødselsdagen ligger i fremtiden."),
        ({"born_on": "1908-05-01"}, "Så er den unge over 100 år. Ret årstallet."),
        ({"enrolled_on": "2999-01-01"}, "Dagen ligger i fremtiden"),
        ({"enrolled_on": "2020-01-01"}, "Indsatsen var ikke begyndt den dag."),
        ({"status": ""}, "Vælg den status, den unge har nu."),
        ({"area": ""}, "Vælg boligområdet."),
        ({"email": "ikke-en-mail"}, "gyldig e-mail"),
    ],
)
def test_a_refused_enrolment_says_why_and_keeps_the_rest(sign_in, mette, changes, sentence):
    answer = sign_in(mette).post(reverse("take_in"), person_form(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text and "Jeg vil gerne have et job." in answer.text
    assert not Mentee.objects.exists()


def test_editing_personal_details(mettes, yusuf):
    form = person_form(name="Yusuf Hamdan Ali", own_goal="", phone="20304050")
    mettes.post(reverse("edit_mentee", args=[yusuf.uuid]), form)
    yusuf.refresh_from_db()
    assert (yusuf.name, yusuf.search_key, yusuf.phone) == (
        "Yusuf Hamdan Ali",
        "yusuf hamdan ali",
        "20304050",
    )
    assert StatusChange.objects.count() == 1


def test_details_can_be_edited_though_the_programme_now_starts_later(mettes, yusuf, programme):
    programme.starts_on = today()
    programme.save()
    answer = mettes.post(reverse("edit_mentee", args=[yusuf.uuid]), person_form(phone="20304050"))
    assert answer.status_code == 422 and "Indsatsen var ikke begyndt den dag." in answer.text


def test_a_namesake_born_the_same_day_is_asked_about(sign_in, torben, yusuf):
    client, form = sign_in(torben), person_form(name="yusuf hamdan", mentor="ingen")
    form |= {"born_on": yusuf.born_on.isoformat()}
    answer = client.post(reverse("take_in"), form)
    assert answer.status_code == 409 and 'name="ny_ung"' in answer.text
    assert "Yusuf Hamdan, født 14. maj 2007, er allerede indskrevet" in answer.text
    assert Mentee.objects.count() == 1
    assert client.post(reverse("take_in"), form | {"ny_ung": "1"}).status_code == 302
    assert Mentee.objects.count() == 2


def test_nobody_learns_of_a_namesake_they_may_not_see(sign_in, rashid, yusuf):
    form = person_form(name="Yusuf Hamdan", born_on=yusuf.born_on.isoformat())
    answer = sign_in(rashid).post(reverse("take_in"), form, follow=True)
    assert "allerede indskrevet" not in answer.text
    assert Mentee.objects.count() == 2


def test_the_history_shows_who_changed_which_details(mettes, yusuf):
    address = reverse("edit_mentee", args=[yusuf.uuid])
    mettes.post(address, person_form(name="Yusuf Hamdan", phone="20 30 40 50"))
    text = html.unescape(page(mettes, "mentee", yusuf.uuid))
    assert "Oplysninger rettet" in text and "Telefon: ingenting → 20 30 40 50" in text
    only = mettes.get(f"{yusuf.get_absolute_url()}?vis=oplysninger").text
    assert "Oplysninger rettet" in only and "Indskrevet" not in only.split("Historie")[-1]


# Agreements


def test_an_agreement_is_made_kept_moved_and_dropped(mettes, yusuf, mette):
    url = reverse("make_agreement", args=[yusuf.uuid])
    form = {
        "what": "Ringe til skolen",
        "responsible": "mentor",
        "kind": "step",
        "due_on": today().isoformat(),
    }
    mettes.post(url, form)
    agreement = Agreement.objects.get()
    assert "Ringe til skolen" in page(mettes, "mentee", yusuf.uuid)
    close = reverse("close_agreement", args=[agreement.uuid])
    later = today() + timedelta(days=5)
    assert mettes.post(close, {"due_on": ""}).status_code == 422
    mettes.post(close, {"due_on": later.isoformat()})
    moved = Agreement.objects.get(outcome="open")
    agreement.refresh_from_db()
    assert (agreement.outcome, agreement.moved_to, moved.due_on) == ("moved", moved, later)
    mettes.post(reverse("close_agreement", args=[moved.uuid]), {"udfald": "kept"})
    moved.refresh_from_db()
    assert (moved.outcome, moved.closed_on, moved.closed_by) == ("kept", today(), mette)
    answer = mettes.post(
        reverse("close_agreement", args=[moved.uuid]), {"udfald": "dropped"}, follow=True
    )
    assert "allerede afsluttet" in answer.text


def test_an_agreement_past_its_day_stands_out(mettes, yusuf, mette):
    day = today() - timedelta(days=3)
    Agreement(mentee=yusuf, what="Søge ind", agreed_on=day - timedelta(days=9), due_on=day).make(
        by=mette
    )
    for name, args in (("my_week", ()), ("mentee", (yusuf.uuid,))):
        assert "skulle være sket" in page(mettes, name, *args)


def test_a_young_person_has_one_next_appointment(mettes, yusuf):
    url = reverse("plan_appointment", args=[yusuf.uuid])
    for day in (3, 5):
        mettes.post(
            url, {"on": (today() + timedelta(days=day)).isoformat(), "at": "14:00", "place": ""}
        )
    assert Appointment.objects.known().get().on == today() + timedelta(days=5)
    assert Appointment.objects.count() == 2


# The list


def listed(client, q=None, **query):
    url = reverse("mentees", query=query)
    answer = client.get(url) if q is None else client.post(url, {"q": q})
    return [row.name for row, _ in answer.context["rows"]]


def test_a_name_in_the_address_is_not_read(torbens, enrol):
    enrol("Bilal Karim")
    assert "Bilal" in torbens.get(reverse("mentees"), {"q": "Yusuf"}).text


@pytest.fixture
def many(torbens, enrol, areas, mette, rashid):
    enrol("Åse Ærø", mentor=rashid, area=areas[3], status=Status.WORK, gender="female")
    enrol("Çelik Öz", mentor=rashid, area=areas[3], status=Status.COMPLETED)
    enrol("Bo Uden", status=Status.SCHOOL)
    return torbens


def test_the_list_filters_by_area_status_mentor_and_name(many, areas, mette, rashid):
    assert listed(many) == ["Bo Uden", "Yusuf Hamdan", "Åse Ærø"]
    assert set(listed(many, status="alle")) == {"Bo Uden", "Çelik Öz", "Yusuf Hamdan", "Åse Ærø"}
    assert listed(many, status="completed") == ["Çelik Öz"]
    assert listed(many, omraade=areas[1].pk) == ["Yusuf Hamdan"]
    assert listed(many, mentor=rashid.pk) == ["Åse Ærø"]
    assert listed(many, mentor="ingen") == ["Bo Uden"]
    assert listed(many, q="ÅSE") == listed(many, q="ærø") == ["Åse Ærø"]
    assert listed(many, sorter="navn", status="alle") == [
        "Bo Uden",
        "Çelik Öz",
        "Yusuf Hamdan",
        "Åse Ærø",
    ]
    assert listed(many, q="findes ikke") == []


def test_who_waits_longest_stands_first(many, yusuf, mette, enrol):
    log(yusuf, mette, on=today() - timedelta(days=1))
    assert listed(many)[-1] == "Yusuf Hamdan"


def test_a_mentor_does_not_filter_by_mentor(mettes):
    assert "mentor" not in mettes.get(reverse("mentees")).context["form"].fields


def test_all_outcomes_are_shown_in_the_history(mettes, yusuf, mette):
    for outcome in AttendanceOutcome:
        log(yusuf, mette, outcome=outcome)
    text = page(mettes, "mentee", yusuf.uuid)
    for words in ("Møde afholdt", "Udeblevet", "Forsøgt", "Aflyst af den unge", "Aflyst af mentor"):
        assert words in text
    meetings_only = mettes.get(f"{reverse('mentee', args=[yusuf.uuid])}?vis=moeder").text
    assert "Indskrevet</strong>" not in meetings_only and "Møde afholdt" in meetings_only
