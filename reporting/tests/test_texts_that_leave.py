"""What readers can read: withdrawals, names, four eyes, editions, and what is stored."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from cases import triggers
from cases.models import FieldChange, Mentee, Role, Status
from conftest import member
from reporting import issuing
from reporting.issue import Edition
from reporting.issuing import NotIssued, issue, propose
from reporting.models import Decision, IssuedReport, ReportDraft, ReportWithdrawal
from web.dates import today

from .examples import an_issued_report
from .texts import text_of

DAY = date(2026, 6, 15)
LEAK = "Det går godt i Ellemarken."
FILES = ("issued_report_pdf", "issued_report_json", "agenda_text", "agenda_document")


@pytest.fixture
def second(programme):
    return member(programme, "Tove Dahl", Role.COORDINATOR)


@pytest.fixture
def report(programme, torben):
    return an_issued_report(
        programme,
        by=torben,
        texts=[["assessment", LEAK]],
        page=f"<h1>Rapport</h1><p>{LEAK}</p>",
        to_follow_group=True,
    )


@pytest.fixture
def proposed(report, sign_in, torben):
    address = reverse("propose_withdrawal", args=[report.uuid])
    sign_in(torben).post(address, {"reason": "En ung kunne kendes"})
    return ReportWithdrawal.objects.get()


def answer(client, proposal, **posted):
    address = reverse("answer_withdrawal", args=[proposal.uuid])
    return client.post(address, posted or {"ja": "1"}, follow=True)


def pages_of(client, report):
    """Everything that a user can get of the report, by URL name."""
    names = ("issued_report", *FILES)
    answers = {name: client.get(f"{reverse(name, args=[report.uuid])}?lukket=ja") for name in names}
    return answers | {"reports": client.get(reverse("reports"))}


def test_withdrawn_by_two_it_is_gone_for_readers_and_its_numbers_stand(
    proposed, report, sign_in, second, kirsten, farid
):
    row = IssuedReport.objects.filter(pk=report.pk).values().get()
    assert "er trukket tilbage" in text_of(answer(sign_in(second), proposed))
    for reader in (kirsten, farid):
        pages = pages_of(sign_in(reader), report)
        for name in ("issued_report", "issued_report_pdf", "issued_report_json"):
            assert pages[name].status_code == 410
            assert "Trukket tilbage" in text_of(pages[name])
            assert "En ung kunne kendes" in text_of(pages[name])
            assert "listen over rapporter" in text_of(pages[name])
        assert not [name for name, page in pages.items() if LEAK in text_of(page)]
        listed = text_of(pages["reports"])
        assert report.answer in listed.replace("\u200b", "") or "10 af 26" in listed
        assert "Trukket tilbage" in listed
        assert reverse("issued_report_pdf", args=[report.uuid]) not in listed
    assert IssuedReport.objects.filter(pk=report.pk).values().get() == row


def test_a_coordinator_reads_it_still_and_nobody_gets_a_file(proposed, report, sign_in, second):
    client = sign_in(second)
    answer(client, proposed)
    pages = pages_of(client, report)
    page = text_of(pages["issued_report"])
    assert pages["issued_report"].status_code == 200 and LEAK in page
    assert "Foreslået af Torben Kjær, bekræftet af Tove Dahl." in page
    assert {pages[name].status_code for name in FILES} == {410}
    assert not [name for name in FILES if reverse(name, args=[report.uuid]) in page]


def test_until_somebody_else_has_said_yes_it_is_read(proposed, report, sign_in, torben, kirsten):
    page = text_of(answer(sign_in(torben), proposed))
    assert "Det skal være en anden end den, der har foreslået det." in page
    assert sign_in(kirsten).get(report.get_absolute_url()).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        stored = ReportWithdrawal.objects.filter(pk=proposed.pk)
        stored.update(answer="confirmed", answered_by=torben, answered_at=proposed.recorded_at)


def test_an_administrator_confirms_without_seeing_the_report(proposed, report, sign_in, olga):
    client = sign_in(olga)
    page = text_of(client.get(reverse("proposals")))
    assert "Træk rapport 2026-1 pr. 1. marts 2026, fuld udgave, tilbage" in page
    assert LEAK not in page and report.answer not in page
    assert client.get(report.get_absolute_url()).status_code == 404
    answer(client, proposed)
    assert report.withdrawal.answered_by == olga


def test_with_one_coordinator_the_page_says_what_to_do(proposed, report, sign_in, torben, request):
    address = report.get_absolute_url()
    assert "Der er ingen anden tovholder og ingen administrator" in text_of(
        sign_in(torben).get(address)
    )
    request.getfixturevalue("olga")
    assert "Olga Lund kan sige ja" in text_of(sign_in(torben).get(address))


def test_a_proposal_is_dropped_and_can_be_made_again(proposed, report, sign_in, torben):
    client = sign_in(torben)
    address = reverse("propose_withdrawal", args=[report.uuid])
    again = client.post(address, {"reason": "Igen"})
    assert again.status_code == 422 and "Det er allerede foreslået" in text_of(again)
    answer(client, proposed, nej="1")
    assert "Der er allerede svaret." in text_of(answer(client, proposed, nej="1"))
    assert client.post(address, {"reason": "Igen"}).status_code == 302
    assert report.withdrawal is None and ReportWithdrawal.objects.waiting().count() == 1


def test_the_reason_names_nobody_and_is_not_lost(report, enrol, sign_in, torben):
    enrol("Ali Al-Sayed")
    Mentee.objects.update(name="Al-Sayed, Ali")  # as a register may have it from before
    client, address = sign_in(torben), reverse("propose_withdrawal", args=[report.uuid])
    page = client.post(address, {"reason": "Ali Al-Sayed stod i den"})
    assert page.status_code == 422 and "Ali Al-Sayed stod i den" in text_of(page)
    assert "nævner Al-Sayed, Ali. Skriv det om uden navn." in text_of(page)
    asked = client.post(address, {"reason": "Ali stod i den"})
    assert asked.status_code == 409 and "har “Ali”, og det hedder en ung også" in text_of(asked)
    answered = {"reason": "Ali stod i den", "ikke_den_unge_Ali": "1"}
    assert client.post(address, answered).status_code == 302


def test_texts_of_a_withdrawn_report_do_not_begin_the_next(
    proposed, report, sign_in, second, programme
):
    client = sign_in(second)
    answer(client, proposed)
    client.post(reverse("begin_report"), {"pr": today().isoformat()})
    assert ReportDraft.objects.get().texts == ()


# By its correction


@pytest.fixture
def people(enrol, areas, mette):
    for n in range(12):
        enrol(f"Ung {n}", on=date(2026, 3, 2), status=Status.WORK, area=areas[0], mentor=mette)


@pytest.fixture(autouse=True)
def not_drawn(monkeypatch):
    monkeypatch.setattr(issuing, "draw_pdf", lambda report, issue: f"%PDF {issue}".encode())


def issued(draft, by):
    return issue(draft, by=by, fingerprint=propose(draft).fingerprint, ticked=True)


def test_a_correction_withdraws_the_versions_before_it(
    people, programme, torben, kirsten, sign_in, second
):
    kind = {"programme": programme, "on": DAY, "edition": Edition.OPEN, "written_by": torben}
    first = issued(ReportDraft.objects.create(**kind, assessment=LEAK), torben)
    middle = ReportDraft.objects.create(**kind, corrects=first, change="Et tal", assessment=LEAK)
    middle = issued(middle, torben)
    client = sign_in(torben)
    client.post(reverse("correct_report", args=[middle.uuid]))
    draft = ReportDraft.objects.get()
    form = {"revision": 1, "change": "Et navn", "withdraws": "on", "assessment": ""}
    address = reverse("edit_report_draft", args=[draft.uuid])
    bad = client.post(address, form)
    assert bad.status_code == 422 and "Skriv, hvorfor den ikke skal kunne læses" in text_of(bad)
    client.post(address, form | {"withdrawal_reason": "En ung kunne kendes"})
    assert ReportWithdrawal.objects.count() == 0
    last = issued(ReportDraft.objects.get(), torben)

    withdrawals = ReportWithdrawal.objects.order_by("pk")
    assert [(row.report, row.correction) for row in withdrawals] == [(middle, last), (first, last)]
    reader = sign_in(kirsten)
    for report in (first, middle):
        assert reader.get(report.get_absolute_url()).status_code == 410
    page = text_of(reader.get(last.get_absolute_url()))
    assert "Om version 2" in page and LEAK not in page
    # Decision 017: what was published is published.
    assert len(IssuedReport.objects.open_before(programme)) == 3


def test_without_the_tick_the_version_before_stays(people, programme, torben, kirsten, sign_in):
    kind = {"programme": programme, "on": DAY, "written_by": torben}
    first = issued(ReportDraft.objects.create(**kind), torben)
    issued(ReportDraft.objects.create(**kind, corrects=first, change="Et tal"), torben)
    assert sign_in(kirsten).get(first.get_absolute_url()).status_code == 200


def test_a_name_in_why_the_version_before_goes_blocks(people, programme, torben):
    report = an_issued_report(programme, by=torben)
    kind = {"programme": programme, "on": DAY, "edition": Edition.FULL, "written_by": torben}
    draft = ReportDraft(**kind, corrects=report, change="Et tal", withdraws=True)
    draft.withdrawal_reason = "Ali Vestergaard stod i den"
    draft.save()
    assert not propose(draft).blocked
    programme.mentees.filter(name="Ung 0").update(name="Vestergaard, Ali")
    assert propose(draft).blocked


# Names


def test_a_given_name_is_ticked_and_not_printed(people, programme, torben, enrol, areas, mette):
    draft = ReportDraft.objects.create(
        programme=programme, on=DAY, written_by=torben, assessment="Mads er mentor."
    )
    fingerprint = propose(draft).fingerprint
    enrol("Mads Bak", on=date(2026, 6, 20), area=areas[0], mentor=mette)  # no figure moves
    with pytest.raises(NotIssued, match="ændret, siden du så kladden"):
        issue(draft, by=torben, fingerprint=fingerprint, ticked=True)
    proposal = propose(draft)
    assert (
        not proposal.blocked and "“Mads” i teksterne er ikke den unge." in proposal.acknowledgement
    )
    with pytest.raises(NotIssued, match="Sæt kryds"):
        issue(draft, by=torben, fingerprint=proposal.fingerprint, ticked=False)
    assert issued(draft, torben).remarks == []


def test_a_name_enrolled_meanwhile_is_found_when_it_is_issued(
    people, programme, torben, enrol, areas, mette
):
    draft = ReportDraft.objects.create(
        programme=programme, on=DAY, written_by=torben, economy="Bak, Mads er mentor."
    )
    fingerprint = propose(draft).fingerprint
    enrol("Mads Bak", on=date(2026, 6, 20), area=areas[0], mentor=mette)
    with pytest.raises(NotIssued, match="kan ikke udsendes endnu"):
        issue(draft, by=torben, fingerprint=fingerprint, ticked=True)


@pytest.mark.parametrize("field", ["text", "absent"])
def test_a_decision_names_nobody_and_is_not_lost(report, enrol, sign_in, torben, field):
    enrol("Nikolaj Holm")
    form = {"decided_on": today().isoformat(), "text": "Drøftet.", "absent": "Selim B. (A)"}
    client, address = sign_in(torben), reverse("record_decision", args=[report.uuid])
    page = client.post(address, form | {field: "Nikolaj H. var med"})
    told = {"text": "Beslutning", "absent": "Fraværende"}[field]
    assert page.status_code == 422 and not Decision.objects.exists()
    assert f"{told} nævner Nikolaj Holm. Skriv det om uden navn." in text_of(page)
    assert "Nikolaj H. var med" in text_of(page)
    asked = client.post(address, form | {field: "Nikolaj var med"})
    assert asked.status_code == 409 and "Er det en anden, så gem igen." in text_of(asked)
    client.post(address, form | {field: "Nikolaj var med", "ikke_den_unge_Nikolaj": "1"})
    assert Decision.objects.count() == 1


def test_earlier_decisions_are_versions_that_only_coordinators_read(
    report, sign_in, torben, kirsten
):
    client, address = sign_in(torben), reverse("record_decision", args=[report.uuid])
    for text in ("Til efterretningg.", "Taget til efterretning."):
        client.post(address, {"decided_on": today().isoformat(), "text": text, "absent": ""})
    page = text_of(client.get(report.get_absolute_url()))
    assert "Rettet. Vis, hvad der stod" in page and "Til efterretningg." in page
    assert page.count("Skrevet af Torben Kjær") == 3  # the report, and both decisions
    page = text_of(sign_in(kirsten).get(report.get_absolute_url()))
    assert "Rettet " in page and "Til efterretningg." not in page


# Four eyes


@pytest.fixture
def two(programme):
    programme.two_to_issue = True
    programme.save()
    return programme


def test_one_alone_cannot_switch_two_to_issue_off(two, sign_in, torben, second):
    address = reverse("set_two_to_issue")
    client = sign_in(torben)
    page = text_of(client.post(address, {"fra": "1"}, follow=True))
    assert "Rapporter udsendes af to, til en anden har sagt ja." in page
    assert "Tove Dahl kan sige ja under Konto, Godkendelser." in page
    again = text_of(client.post(address, {"fra": "1"}, follow=True))
    assert "Det er allerede foreslået." in again
    proposal = two.single_issuer_proposals.get()
    answer = reverse("answer_single_issuer", args=[proposal.uuid])
    client.post(answer, {"ja": "1"})
    two.refresh_from_db()
    assert two.two_to_issue
    sign_in(second).post(answer, {"ja": "1"})
    two.refresh_from_db()
    assert not two.two_to_issue
    traced = FieldChange.objects.order_by("pk").values_list("recorded_by__name", "after")
    assert list(traced) == [("Torben Kjær", "ja, foreslået slået fra"), ("Tove Dahl", "nej")]


def test_a_proposal_to_switch_it_off_is_dropped(two, sign_in, torben, olga):
    sign_in(torben).post(reverse("set_two_to_issue"), {"fra": "1"})
    proposal = two.single_issuer_proposals.get()
    client = sign_in(olga)
    assert "selv udsende den" in text_of(client.get(reverse("proposals")))
    client.post(reverse("answer_single_issuer", args=[proposal.uuid]), {"nej": "1"})
    two.refresh_from_db()
    assert two.two_to_issue
    assert FieldChange.objects.first().after == "ja"


def test_whoever_wrote_in_a_draft_may_not_issue_it(people, two, torben, second, sign_in):
    third = member(two, "Ulla Vest", Role.COORDINATOR)
    draft = ReportDraft.objects.create(programme=two, on=DAY, written_by=torben)
    draft.economy = "Et komma,"
    assert draft.save_revision(by=second)
    ReportDraft.objects.update(ready_by=second)
    draft = ReportDraft.objects.get()
    for author in (torben, second):
        with pytest.raises(NotIssued, match="ikke har skrevet i rapporten"):
            issued(draft, author)
        page = text_of(sign_in(author).get(reverse("report_draft", args=[draft.uuid])))
        assert "Afventer en anden tovholder end Torben Kjær og Tove Dahl." in page
    assert issued(draft, third).issued_by == third


def test_where_all_have_written_the_page_says_what_to_do(people, two, torben, sign_in):
    draft = ReportDraft.objects.create(programme=two, on=DAY, written_by=torben, ready_by=torben)
    page = text_of(sign_in(torben).get(reverse("report_draft", args=[draft.uuid])))
    assert "Alle tovholdere i indsatsen har skrevet i kladden" in page


# The wrong edition


def test_a_new_draft_is_the_open_edition(people, sign_in, torben):
    sign_in(torben).post(reverse("begin_report"), {"pr": DAY.isoformat()})
    draft = ReportDraft.objects.get()
    assert (draft.edition, draft.to_committee) == (Edition.OPEN, True)


def test_the_texts_of_a_full_edition_stand_behind_a_question(report, sign_in, torben):
    client = sign_in(torben)
    page = text_of(client.get(report.get_absolute_url()))
    assert "Fuld udgave. Ikke til offentliggørelse." in page and 'id="dagsorden"' not in page
    question = reverse("agenda_closed", args=[report.uuid])
    for name in ("agenda_text", "agenda_document"):
        assert client.get(reverse(name, args=[report.uuid])).url == question
    asked = text_of(client.get(question))
    assert "Er punktet lukket på dagsordenen?" in asked and LEAK not in asked
    told = text_of(client.get(question, {"lukket": "ja"}))
    assert LEAK in told and "Fuld udgave. Ikke til offentliggørelse." in told
    file = client.get(reverse("agenda_text", args=[report.uuid]), {"lukket": "ja"})
    assert file["Content-Disposition"].endswith('statusrapport-unge-2026-1-fuld.txt"')
    assert "Fuld udgave. Ikke til offentliggørelse.\n" in file.text


def test_a_second_report_of_the_day_asks_first(people, programme, torben):
    kind = {"programme": programme, "on": DAY, "edition": Edition.FULL, "written_by": torben}
    first = issued(ReportDraft.objects.create(**kind), torben)
    proposal = propose(ReportDraft.objects.create(**kind))
    told = "Jeg vil udsende en rapport mere om samme dag som 2026-1."
    assert told in proposal.acknowledgement and not proposal.remarks
    other = kind | {"edition": Edition.OPEN}
    assert told not in propose(ReportDraft.objects.create(**other)).acknowledgement
    correction = ReportDraft.objects.create(**kind, corrects=first, change="Et tal")
    assert told not in propose(correction).acknowledgement


# What is stored


@pytest.mark.parametrize(
    ("part", "forged", "address"),
    [
        ("page", "<p>30 af 40</p>", "issued_report"),
        ("figures", "{}", "issued_report_json"),
        ("texts", [["economy", "En million"]], "issued_report"),
        ("answer", "Alle er i arbejde.", "agenda_closed"),
        ("pdf", b"%PDF forged", "issued_report_pdf"),
    ],
)
def test_what_is_forged_is_not_served_and_is_named(
    report, sign_in, torben, part, forged, address, capsys
):
    call_command("check_reports")
    assert capsys.readouterr().out == "1 reports, all as they were issued\n"
    triggers.remove(connection)
    QuerySet(IssuedReport).filter(pk=report.pk).update(**{part: forged})
    triggers.install(connection)
    answer = sign_in(torben).get(reverse(address, args=[report.uuid]))
    assert answer.status_code == 409 and "er ikke, som den blev udsendt" in text_of(answer)
    with pytest.raises(CommandError, match="1 parts of 1 reports"):
        call_command("check_reports")
    assert "unge 2026-1: the " in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_what_was_issued_before_there_were_hashes_gets_them(programme, torben, capsys):
    an_issued_report(programme, by=torben, texts=[["economy", "Æbler"]], remarks=["Nogle"])
    draft = ReportDraft.objects.create(programme=programme, on=DAY, written_by=torben)
    call_command("migrate", "reporting", "0004", verbosity=0)
    call_command("migrate", "reporting", verbosity=0)
    call_command("check_reports")
    assert capsys.readouterr().out == "1 reports, all as they were issued\n"
    assert list(draft.authors.all()) == [torben]
