"""Erasing a text that no longer holds: two agree, and the database lets go of that text only."""

import random
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.tests.builders import sign_in as enter
from cases.models import (
    Agreement,
    Attendance,
    FieldChange,
    Meeting,
    Membership,
    Role,
    StatusChange,
    Strike,
    Substitution,
)
from cases.models.strike import MODELS
from cases.tests.builders import log
from conftest import STARTED, FormClient, member
from web import expired_session
from web.dates import long_date, today

CANARY = "KANARIEFUGL om en anden"


@pytest.fixture
def lise(programme):
    """A second coordinator."""
    return member(programme, "Lise Bruun", Role.COORDINATOR)


def asked(mentee, kind, row, by):
    return Strike(mentee=mentee, kind=kind, row=row.pk, reason="Skrevet om den forkerte").ask(by=by)


def corrected(meeting, mentee, by, note):
    new = Meeting(
        programme=meeting.programme,
        held_on=meeting.held_on,
        held_by=meeting.held_by,
        place=meeting.place,
        submit_key=f"00000000-0000-4000-8000-{random.randrange(10**12):012}",  # noqa: S311
        replaces=meeting,
    )
    return new.record([(Attendance(mentee=mentee, outcome="met", note=note), [])], by=by)


@pytest.fixture
def struck_rows(yusuf, bilal, mette, programme):
    """{kind: row} of what may be erased, each with the canary in it and beside it."""
    meeting = log(yusuf, mette, note=CANARY, others=[bilal])
    meeting.attendances.get(mentee=yusuf).topics.add(programme.topics.first())
    newest = corrected(meeting, yusuf, mette, f"{CANARY} igen")
    newest.withdraw(by=mette, reason="Forkert ung")
    status = yusuf.change_status("work", on=today(), by=mette, detail=CANARY)
    status.withdraw(by=mette, reason="Forkert ung")
    day = {"agreed_on": today(), "due_on": today()}
    agreement = Agreement(mentee=yusuf, what=CANARY, **day).make(by=mette)
    agreement.move(today(), on=today(), by=mette)
    agreement.refresh_from_db()
    agreement.moved_to.close("dropped", on=today(), by=mette)
    for texts in (("", CANARY), (CANARY, "Et godt mål")):
        FieldChange.objects.record(programme, {"own_goal": texts}, by=mette, mentee=yusuf)
    return {
        Strike.Kind.MEETING: newest,
        Strike.Kind.STATUS: status,
        Strike.Kind.AGREEMENT: agreement,
        Strike.Kind.DETAILS: FieldChange.objects.get(before=CANARY),
    }


def everywhere():
    """All values of the register."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t[:5] == "cases"]
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found += [str(value) for row in cursor.fetchall() for value in row]
    return found


def test_the_texts_go_for_good_and_who_day_and_reason_stay(
    struck_rows, yusuf, mette, torben, client
):
    for kind, row in struck_rows.items():
        asked(yusuf, kind, row, by=mette).agree(by=torben)
    kept = [text for text in everywhere() if CANARY in text]
    assert kept == [CANARY]  # Bilal's note
    enter(client, mette)
    page = client.get(yusuf.get_absolute_url()).text
    assert CANARY not in page and "Et godt mål" in page
    told = "af Mette Sørensen og Torben Kjær: “Skrevet om den forkerte”"
    assert page.count(f"Teksten er slettet {long_date(today())} {told}") == 4
    assert "Slet teksten" not in page and "Mit mål: slettet → Et godt mål" in page
    assert not Attendance.topics.through.objects.filter(attendance__mentee=yusuf).exists()


@pytest.mark.parametrize("kind", Strike.Kind.values)
def test_only_what_was_asked_about_goes(struck_rows, yusuf, mette, torben, kind):
    before = len([text for text in everywhere() if CANARY in text])
    asked(yusuf, kind, struck_rows[kind], by=mette).agree(by=torben)
    texts = {Strike.Kind.STATUS: 1}.get(kind, 2)
    assert len([text for text in everywhere() if CANARY in text]) == before - texts


def test_what_holds_is_not_erased(yusuf, mette, torben, programme):
    """A corrected note: the first version goes, the one that holds stays."""
    meeting = log(yusuf, mette, note=CANARY)
    with pytest.raises(ValidationError, match="ingen tekst"):
        asked(yusuf, "meeting", meeting, by=mette)
    newest = corrected(meeting, yusuf, mette, "Det, der skal stå")
    asked(yusuf, "meeting", newest, by=mette).agree(by=torben)
    assert [row.note for row in Attendance.objects.order_by("pk")] == ["", "Det, der skal stå"]
    status = yusuf.change_status("work", on=today(), by=mette, detail="lager")
    day = {"agreed_on": today(), "due_on": today()}
    agreement = Agreement(mentee=yusuf, what="Ringe", **day).make(by=mette)
    moved = agreement.move(today(), on=today(), by=mette)
    for kind, row in (("status", status), ("agreement", agreement), ("agreement", moved)):
        with pytest.raises(ValidationError, match="ingen tekst"):
            asked(yusuf, kind, row, by=mette)


def test_two_are_needed_and_one_of_them_is_a_coordinator(
    struck_rows, yusuf, mette, rashid, torben, lise
):
    status = struck_rows["status"]
    of_mentor = asked(yusuf, "status", status, by=mette)
    assert [of_mentor.may_be_agreed_to_by(u) for u in (mette, rashid, torben, lise)] == [
        False,
        False,
        True,
        True,
    ]
    for user in (mette, rashid):
        with pytest.raises(ValidationError):
            of_mentor.agree(by=user)
    with pytest.raises(ValidationError, match="allerede bedt"):
        asked(yusuf, "status", status, by=torben)
    of_mentor.withdraw(by=mette, reason="Taget tilbage")
    of_coordinator = asked(yusuf, "status", status, by=torben)
    assert [of_coordinator.may_be_agreed_to_by(u) for u in (mette, torben, lise)] == [
        True,
        False,
        True,
    ]
    of_coordinator.agree(by=mette)
    with pytest.raises(ValidationError):
        of_coordinator.agree(by=lise)
    with pytest.raises(ValidationError), transaction.atomic():
        of_mentor.agree(by=torben)  # taken back


def test_the_database_wants_two(struck_rows, yusuf, mette):
    strike = asked(yusuf, "status", struck_rows["status"], by=mette)
    with pytest.raises(IntegrityError, match="strike_takes_two"), transaction.atomic():
        Strike.objects.filter(pk=strike.pk).update(agreed_at=timezone.now(), agreed_by=mette)


def test_a_reason_holds_no_cpr_number(struck_rows, yusuf, mette):
    strike = Strike(mentee=yusuf, kind="status", row=struck_rows["status"].pk)
    strike.reason = "Om 010107-1234"
    with pytest.raises(ValidationError, match="CPR"):
        strike.ask(by=mette)


class TestTheTriggersLetGoOfThisOnly:
    """`refused` by hand, with a strike of Yusuf's note that Torben has agreed to."""

    @pytest.fixture
    def agreed(self, yusuf, mette, torben, programme):
        """A note that a strike names and that still stands."""
        meeting = log(yusuf, mette, note=CANARY)
        attendance = meeting.attendances.get()
        attendance.topics.add(programme.topics.first())
        other = log(yusuf, mette, note="En anden note", on=today() - timedelta(days=1))
        strike = Strike(mentee=yusuf, kind="meeting", row=meeting.pk, reason="Forkert ung")
        strike.recorded_by = mette
        strike.save()
        link = Attendance.topics.through.objects.get()
        struck = {
            "cases_attendance": [attendance.pk],
            "cases_attendance_topics": [link.pk],
            "cases_meeting": [meeting.pk],
        }
        return strike, struck, attendance, other.attendances.get()

    def agree(self, strike, struck, by):
        Strike.objects.filter(pk=strike.pk).update(
            agreed_at=timezone.now(), agreed_by=by, struck=struck
        )

    def refused(self, change):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()

    def test_not_before_a_second_has_agreed(self, agreed, torben):
        strike, struck, attendance, _ = agreed
        Strike.objects.filter(pk=strike.pk).update(struck=struck)
        row = Attendance.objects.filter(pk=attendance.pk)
        self.refused(lambda: row.update(note=""))
        self.refused(Attendance.topics.through.objects.all().delete)

    def test_the_named_text_may_be_emptied_and_nothing_else(self, agreed, torben, rashid, bilal):
        strike, struck, attendance, other = agreed
        self.agree(strike, struck, torben)
        row = Attendance.objects.filter(pk=attendance.pk)
        meeting = Meeting.objects.filter(pk=attendance.meeting_id)
        self.refused(lambda: row.update(note="Noget andet"))
        self.refused(lambda: row.update(note="", outcome="no_show"))
        self.refused(lambda: row.update(mentee=bilal))
        self.refused(lambda: row._raw_delete("default"))
        self.refused(lambda: meeting.update(place="", held_by=rashid))
        self.refused(lambda: Attendance.objects.filter(pk=other.pk).update(note=""))
        self.refused(lambda: Strike.objects.filter(pk=strike.pk).update(struck={}))
        self.refused(lambda: Strike.objects.filter(pk=strike.pk)._raw_delete("default"))
        row.update(note="")
        self.refused(lambda: row.update(note=CANARY))
        Attendance.topics.through.objects.filter(attendance=attendance).delete()
        assert not attendance.topics.exists()

    @pytest.mark.parametrize("seed", range(3))
    def test_any_row_that_is_not_named_stays(self, struck_rows, yusuf, mette, torben, seed):
        """Random strikes: of all rows with a text, just the named ones can be emptied."""
        chance = random.Random(seed)  # noqa: S311
        named = {}
        for kind, column in (("meeting", "place"), ("status", "detail"), ("agreement", "what")):
            model = MODELS[kind]
            keys = list(model.objects.values_list("pk", flat=True))
            named[model, column] = chance.sample(keys, chance.randrange(len(keys) + 1))
        keys = list(Attendance.objects.values_list("pk", flat=True))
        named[Attendance, "note"] = chance.sample(keys, chance.randrange(len(keys) + 1))
        struck = {model._meta.db_table: keys for (model, _), keys in named.items()}
        strike = asked(yusuf, "status", struck_rows["status"], by=mette)
        self.agree(strike, struck, torben)
        for (model, column), keys in named.items():
            for row in model.objects.exclude(**{column: ""}):
                change = model.objects.filter(pk=row.pk).update
                if row.pk in keys:
                    change(**{column: ""})
                else:
                    self.refused(lambda change=change, column=column: change(**{column: ""}))


def test_a_mentor_asks_and_the_coordinator_agrees(sign_in, struck_rows, yusuf, mette, torben):
    client, page = sign_in(mette), yusuf.get_absolute_url()
    url = reverse("ask_to_strike", args=[yusuf.uuid, "meeting", struck_rows["meeting"].uuid])
    assert url in client.get(page).text
    assert client.post(url, {"reason": "CPR 010107-1234"}).status_code == 422
    assert client.post(url, {"reason": ""}).status_code == 422
    answer = client.post(url, {"reason": "Skrevet om den forkerte"}, follow=True)
    assert "En anden skal også sige ja" in answer.text and "Fortryd" not in answer.text
    assert "bedt om, at teksten bliver slettet" in answer.text and url not in answer.text
    strike = Strike.objects.get()
    answer_url = reverse("answer_strike", args=[yusuf.uuid, strike.uuid])
    assert "Slet teksten for altid" not in client.get(answer_url).text
    client.post(answer_url, {"slet": "1"})
    assert CANARY in client.get(page).text

    torbens = sign_in(torben)
    assert answer_url in torbens.get(reverse("programme")).text
    assert "Slet teksten for altid" in torbens.get(answer_url).text
    torbens.post(answer_url, {})
    assert Strike.objects.open().exists()
    assert "Teksten er slettet." in torbens.post(answer_url, {"slet": "1"}, follow=True).text
    assert torbens.get(answer_url).status_code == 404
    assert answer_url not in torbens.get(reverse("programme")).text
    notes = set(Attendance.objects.filter(mentee=yusuf).values_list("note", flat=True))
    assert notes == {""}


def test_the_wish_is_refused_or_taken_back(sign_in, struck_rows, yusuf, mette, torben):
    row = struck_rows["status"]
    for user, reason in ((torben, "Afvist"), (mette, "Taget tilbage")):
        strike = asked(yusuf, "status", row, by=mette)
        url = reverse("answer_strike", args=[yusuf.uuid, strike.uuid])
        answer = sign_in(user).post(url, {"behold": "1"}, follow=True)
        assert "Teksten bliver stående." in answer.text
        strike.refresh_from_db()
        assert strike.withdrawn_reason == reason
    assert StatusChange.objects.get(pk=row.pk).detail == CANARY


def test_a_substitute_neither_asks_nor_answers(
    sign_in, struck_rows, yusuf, mette, rashid, torben, programme
):
    """But for a meeting of their own."""
    Substitution.objects.create(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=today(),
        ends_on=today(),
        recorded_by=torben,
    )
    own = log(yusuf, rashid, note="Forkert")
    own.withdraw(by=rashid, reason="Forkert ung")
    client = sign_in(rashid)
    for kind, row in struck_rows.items():
        url = reverse("ask_to_strike", args=[yusuf.uuid, kind, row.uuid])
        assert client.get(url).status_code == 403
    url = reverse("ask_to_strike", args=[yusuf.uuid, "meeting", own.uuid])
    assert client.post(url, {"reason": "Forkert"}).status_code == 302
    strike = asked(yusuf, "status", struck_rows["status"], by=mette)
    url = reverse("answer_strike", args=[yusuf.uuid, strike.uuid])
    assert client.get(url).status_code == 403


def test_a_row_of_somebody_else_is_not_found(sign_in, struck_rows, yusuf, bilal, torben, rashid):
    note = log(bilal, rashid, note="Bilals")
    client = sign_in(torben)
    for kind, row in (("meeting", note), ("status", bilal.statuschange_set.get())):
        url = reverse("ask_to_strike", args=[yusuf.uuid, kind, row.uuid])
        assert client.get(url).status_code == 404
    url = reverse("ask_to_strike", args=[yusuf.uuid, "findes-ikke", note.uuid])
    assert client.get(url).status_code == 404


def test_a_copy_kept_for_an_ended_session_goes_too(struck_rows, yusuf, bilal, mette, torben):
    fields = {"note": f"{CANARY} igen", "author": expired_session.author(mette)}
    client, other, of_bilal = FormClient(), FormClient(), FormClient()
    client.post(f"/moeder/ny/?ung={yusuf.uuid}", fields)
    other.post(f"/moeder/ny/?ung={yusuf.uuid}", fields | {"note": "Noget andet"})
    of_bilal.post(f"/moeder/ny/?ung={bilal.uuid}", fields)
    assert expired_session.KEY in client.session
    asked(yusuf, "meeting", struck_rows["meeting"], by=mette).agree(by=torben)
    assert expired_session.KEY not in client.session
    assert expired_session.KEY in other.session and expired_session.KEY in of_bilal.session


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file of SQLite")
@pytest.mark.django_db(transaction=True)
def test_no_byte_of_it_is_left_in_the_file(yusuf, mette, torben):
    note = f"{CANARY} " + "x" * 3000  # also on pages of its own
    meeting = log(yusuf, mette, note=note)
    newest = corrected(meeting, yusuf, mette, note)
    newest.withdraw(by=mette, reason="Forkert ung")
    assert CANARY.encode() in connection.connection.serialize()
    asked(yusuf, "meeting", newest, by=mette).agree(by=torben)
    assert CANARY.encode() not in connection.connection.serialize()


def test_a_mentor_who_is_coordinator_too_counts_as_one(
    struck_rows, yusuf, mette, rashid, programme
):
    Membership.objects.create(
        programme=programme, user=rashid, role=Role.COORDINATOR, starts_on=STARTED
    )
    assert asked(yusuf, "status", struck_rows["status"], by=mette).may_be_agreed_to_by(rashid)
