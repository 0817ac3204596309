"""A programme closed, reopened, continued and copied; young people moved on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.tests.builders import sign_in as enter
from cases.models import (
    Appointment,
    FieldChange,
    HousingArea,
    KeyFigure,
    Match,
    Meeting,
    Membership,
    Mentee,
    Partner,
    Programme,
    Role,
    Status,
    Topic,
    Transfer,
)
from cases.tests.builders import a_contact, a_transfer, log, log_url, meeting_form, person_form
from conftest import STARTED, FormClient
from setup.copying import SETTINGS, copy_programme, copy_settings, free_slug
from setup.lineage import lineage_of
from web.dates import today

DAY = timedelta(days=1)
YESTERDAY = today() - DAY
TOO_LATE = "Vælg den dag eller en tidligere."


@pytest.fixture
def coordinator(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def follower(torben, mette):
    """A later programme of Torben's, with the same mentor."""
    later = Programme.objects.create(name="Ny indsats", slug="ny", starts_on=STARTED)
    for user, role in ((torben, Role.COORDINATOR), (mette, Role.MENTOR)):
        Membership.objects.create(programme=later, user=user, role=role, starts_on=STARTED)
    HousingArea.objects.create(programme=later, name="Hastrupparken")
    return later


@pytest.fixture
def close(coordinator, programme):
    """close(day, {mentee: answer}) sends the form; left out stay open, which is accepted."""

    def close(day, answers=None, **data):
        coordinator.get(f"/indsats/?indsats={programme.slug}")
        chosen = {f"ung-{mentee.pk}": str(answer) for mentee, answer in (answers or {}).items()}
        form = {"ends_on": day.isoformat(), "aaben": "1"} | chosen | data
        return coordinator.post(reverse("close_programme"), form)

    return close


def status_of(mentee, on=None):
    return mentee.statuschange_set.in_force(on=on or today()).first().status


def test_open_courses_are_asked_about_before_they_stay_open(coordinator, programme, yusuf, bilal):
    address, form = reverse("close_programme"), {"ends_on": YESTERDAY.isoformat()}
    answer = coordinator.post(address, form)
    assert answer.status_code == 409 and "2 forløb bliver stående åbne" in answer.text
    programme.refresh_from_db()
    assert programme.ends_on is None

    assert coordinator.post(address, form | {"aaben": "1"}).status_code == 302
    programme.refresh_from_db()
    assert programme.ends_on == YESTERDAY
    assert {status_of(yusuf), status_of(bilal)} == {Status.YOUTH_CENTRE}
    assert "2 forløb står stadig åbne" in coordinator.get(reverse("programme_life")).text


def test_each_course_is_closed_as_answered(close, programme, yusuf, bilal):
    assert close(YESTERDAY, {yusuf: "completed", bilal: "dropped_out"}).status_code == 302
    assert (status_of(yusuf), status_of(bilal)) == (Status.COMPLETED, Status.DROPPED_OUT)
    assert status_of(yusuf, YESTERDAY - DAY) == Status.YOUTH_CENTRE
    [change] = FieldChange.objects.filter(programme=programme)
    assert (change.field, change.before) == ("ends_on", "")


def test_a_course_cannot_end_before_its_day(close, yusuf, follower):
    assert close(today() + DAY, {yusuf: "completed"}).status_code == 422
    assert close(today(), {yusuf: follower.pk}).status_code == 422
    assert not Transfer.objects.exists()


def test_a_programme_cannot_end_before_what_has_happened(close, programme, yusuf, mette):
    assert close(programme.starts_on - DAY).status_code == 422
    assert close(yusuf.enrolled_on - DAY).status_code == 422
    log(yusuf, mette, on=today())
    assert close(YESTERDAY).status_code == 422
    assert close(date(9999, 12, 31)).status_code == 422
    assert close(today()).status_code == 302


def test_moved_to_another_programme_as_a_new_row(close, programme, follower, yusuf, mette):
    versions = {p.pk: Programme.objects.get(pk=p.pk).version for p in (programme, follower)}
    assert close(YESTERDAY, {yusuf: follower.pk}).status_code == 302

    transfer = Transfer.objects.get(mentee=yusuf)
    entered = transfer.entered
    assert (entered.programme, entered.enrolled_on) == (follower, today())
    assert (entered.name, entered.born_on) == (yusuf.name, yusuf.born_on)
    assert entered.informed_on is None and entered.uuid != yusuf.uuid
    assert status_of(entered) == status_of(yusuf) == Status.YOUTH_CENTRE
    assert Match.objects.in_force(on=today()).filter(mentee=entered).first().mentor == mette
    assert entered.residence_set.get().area.programme == follower
    assert Match.objects.in_force(on=YESTERDAY).filter(mentee=yusuf).first().mentor == mette
    assert Match.objects.in_force(on=today()).filter(mentee=yusuf).first().mentor is None
    for before, pk in ((version, pk) for pk, version in versions.items()):
        assert Programme.objects.get(pk=pk).version > before


def test_a_form_sent_twice_moves_once(close, follower, yusuf, programme):
    key = "7f3f4c0e-2f51-4a0c-9a55-0f3f2a0f9e11"
    assert close(YESTERDAY, {yusuf: follower.pk}, form_key=key).status_code == 302
    assert close(YESTERDAY, {yusuf: follower.pk}, form_key=key).status_code == 302
    assert Transfer.objects.count() == 1
    assert Mentee.objects.filter(programme=follower).count() == 1


def test_one_who_cannot_be_moved_leaves_all_unsaved(
    close, follower, yusuf, bilal, enrol, programme
):
    enrol("Yusuf Hamdan", programme=follower)
    answer = close(YESTERDAY, {bilal: "completed", yusuf: follower.pk})
    assert answer.status_code == 422 and "Yusuf står allerede i Ny indsats" in answer.text
    programme.refresh_from_db()
    assert programme.ends_on is None
    assert status_of(bilal) == Status.YOUTH_CENTRE
    assert not Transfer.objects.exists()


def test_only_to_a_programme_the_coordinator_runs(close, other_programme, signe, yusuf):
    assert close(YESTERDAY, {yusuf: other_programme.pk}).status_code == 422
    assert not Mentee.objects.filter(programme=other_programme).exists()


def test_a_move_is_of_somebody_in_progress_and_once(yusuf, bilal, follower, torben):
    a_transfer(yusuf, follower, by=torben)
    with pytest.raises(ValidationError):
        a_transfer(yusuf, follower, by=torben)
    bilal.change_status(Status.COMPLETED, on=YESTERDAY, by=torben)
    with pytest.raises(ValidationError, match="ikke i forløb"):
        a_transfer(bilal, follower, by=torben)


def test_the_link_is_shown_to_who_sees_both(
    yusuf, other_programme, follower, torben, rashid, sign_in
):
    transfer = a_transfer(yusuf, follower, by=torben)
    old, new = yusuf.get_absolute_url(), transfer.entered.get_absolute_url()
    client = sign_in(torben)
    assert new in client.get(old).text and "Kom fra Unge med mål" in client.get(new).text

    yusuf.match(rashid, on=today(), by=torben)  # he sees the old row only
    page = FormClient()
    enter(page, rashid)
    text = page.get(old)
    assert text.status_code == 200
    assert new not in text.text and "Ny indsats" not in text.text


def test_after_the_last_day_nothing_new_happens(
    close, coordinator, yusuf, mette, sign_in, programme
):
    close(YESTERDAY)
    assert "Indsatsen sluttede" in coordinator.get(reverse("mentees")).text
    taken = coordinator.post(reverse("take_in"), person_form(mentor="ingen"))
    assert taken.status_code == 422 and TOO_LATE in taken.text

    client = sign_in(mette)
    answer = client.post(log_url(yusuf), meeting_form())
    assert answer.status_code == 422 and TOO_LATE in answer.text
    assert not Meeting.objects.exists()
    for name, data in (
        ("quick_record", {"udfald": "no_show"}),
        ("plan_appointment", {"on": today().isoformat()}),
    ):
        answer = client.post(reverse(name, args=[yusuf.uuid]), data, follow=True)
        assert TOO_LATE in answer.text
    assert not Meeting.objects.exists() and not Appointment.objects.exists()
    form = meeting_form(day="other", held_on=YESTERDAY.isoformat())
    assert client.post(log_url(yusuf), form).status_code == 302


def test_reopened_with_a_trace(close, coordinator, programme, yusuf):
    close(YESTERDAY, {yusuf: "completed"})
    coordinator.post(reverse("reopen_programme"))
    programme.refresh_from_db()
    assert programme.ends_on is None
    assert FieldChange.objects.filter(programme=programme, field="ends_on").count() == 2
    assert status_of(yusuf) == Status.COMPLETED
    coordinator.post(reverse("reopen_programme"))  # says that it is open
    assert FieldChange.objects.filter(programme=programme, field="ends_on").count() == 2


# Copies


def test_a_copy_has_the_settings_and_nobody(programme, areas, yusuf, torben):
    contact = a_contact(programme, by=torben)
    Partner.objects.create(programme=programme, name="Ude", in_use=False)
    programme.keeps_drafts, programme.substitute_sees_weeks = False, 26
    programme.save()
    log(yusuf, torben)

    new = copy_programme(programme, "Unge Åben Æble", today(), continues=True, by=torben)

    assert new.slug == free_slug("Unge Åben Æble").removesuffix("-2")
    for name in SETTINGS:
        assert getattr(new, name) == getattr(programme, name)
    assert [a.name for a in new.areas.all()] == [a.name for a in areas]
    assert [p.name for p in new.partners.all()] == [contact.partner.name]
    assert new.partners.get().contacts.count() == 0
    assert [t.name for t in new.topics.all()] == [t.name for t in programme.topics.all()]
    assert not new.mentees.exists() and not new.meetings.exists()
    assert [(m.user, m.role) for m in new.memberships.all()] == [(torben, Role.COORDINATOR)]
    assert new.predecessor == programme


def test_copying_leaves_what_the_target_has(programme, follower, hastrupparken):
    Topic.objects.create(programme=follower, name="Job", position=7)
    before = follower.areas.get().pk
    copy_settings(programme, follower)
    copy_settings(programme, follower)
    assert follower.areas.count() == 4 and follower.areas.get(name="Hastrupparken").pk == before
    assert follower.topics.count() == 3 and follower.topics.get(name="Job").position == 7


def test_slugs_that_are_taken(db):
    for slug in ("koege", "koege-2"):
        Programme.objects.create(name=slug, slug=slug, starts_on=STARTED)
    assert free_slug("Køge") == "koege-3"
    assert free_slug("…") == "indsats"
    assert len(free_slug("x" * 120)) <= 50


def test_a_copy_through_the_page(coordinator, programme):
    form = {"name": "Næste indsats", "starts_on": today().isoformat(), "continues": "on"}
    answer = coordinator.post(reverse("copy_programme"), form, follow=True)
    assert "Næste indsats er oprettet" in answer.text
    assert Programme.objects.get(name="Næste indsats").predecessor == programme
    for wrong in (
        {"name": programme.name},
        {"starts_on": "0001-01-01"},
        {"starts_on": "9999-12-31"},
    ):
        again = form | {"name": "En anden"} | wrong
        assert coordinator.post(reverse("copy_programme"), again).status_code == 422


# What came before


def test_three_programmes_in_a_line(coordinator, programme, follower):
    pilot = Programme.objects.create(
        name="Piloten", slug="pilot", starts_on=date(2013, 1, 1), ends_on=date(2014, 12, 31)
    )
    KeyFigure.objects.create(programme=pilot, what="Unge", value="13", source="Beskrivelsen")
    Programme.objects.filter(pk=follower.pk).update(predecessor=pilot)
    coordinator.get(f"/indsats/?indsats={programme.slug}")
    coordinator.post(reverse("link_programme"), {"predecessor": str(follower.pk)})

    stages = lineage_of(Programme.objects.get(pk=programme.pk))
    assert [(stage.name, stage.years) for stage in stages] == [
        ("Piloten", "2013–2014"),
        ("Ny indsats", "fra 2025"),
        ("Unge med mål", "fra 2025"),
    ]
    for name in ("programme_life", "overview"):
        text = coordinator.get(reverse(name)).text
        assert "Piloten" in text and "13" in text and "Kilde: Beskrivelsen" in text
    [change] = FieldChange.objects.filter(programme=programme, field="predecessor")
    assert (change.before, change.after) == ("", "Ny indsats")


def test_no_circle(coordinator, programme, follower):
    Programme.objects.filter(pk=follower.pk).update(predecessor=programme)
    coordinator.get(f"/indsats/?indsats={programme.slug}")
    answer = coordinator.post(reverse("link_programme"), {"predecessor": str(follower.pk)})
    assert answer.status_code == 422
    answer = coordinator.post(reverse("link_programme"), {"predecessor": str(programme.pk)})
    assert answer.status_code == 422
