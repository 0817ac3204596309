"""From a draft to an issued report, its corrections, and what has changed since."""

import hashlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cases.models import Expectation, Role, Status, Submission
from cases.tests.builders import decide, falsify, log
from conftest import at, member
from reporting import issuing, pdf_process
from reporting.issue import HEADINGS, Edition, Issue
from reporting.issuing import NotIssued, issue, propose, render_files, report_page
from reporting.models import Decision, IssuedReport, ReportDraft
from reporting.open_report import OpenReport
from reporting.pdf import render_pdf, report_html
from reporting.retention import Retention
from reporting.sentences import since_last
from reporting.since_issued import differences, late_records
from reporting.since_last_report import TransitionCount
from reporting.status_report import StatusReport
from reporting.trend import months_after
from reporting.views.reports import quarters
from web.dates import today

from .commands import HANGS, WITHOUT_PANGO, drawing_process
from .examples import REPORT_2019, an_issued_report
from .texts import text_of

DAY = date(2026, 6, 15)
TEXTS = {
    "recommendation": "Forvaltningen indstiller, at status tages til efterretning.",
    "assessment": "De unge møder deres mentor hver uge.",
    "economy": "Ingen økonomiske konsekvenser.",
}


@pytest.fixture
def june(programme, enrol, mette, areas):
    """Two young people, everything recorded, as known in June."""
    return [
        enrol(
            "Ali Vestergaard", on=date(2026, 3, 2), status=Status.WORK, area=areas[0], mentor=mette
        ),
        enrol(
            "Bo Østergaard", on=date(2026, 6, 3), status=Status.SCHOOL, area=areas[1], mentor=mette
        ),
    ]


@pytest.fixture
def draft(programme, torben, june):
    return ReportDraft.objects.create(
        programme=programme, edition=Edition.FULL, on=DAY, written_by=torben, **TEXTS
    )


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def second(programme):
    return member(programme, "Tove Dahl", Role.COORDINATOR)


def closed(name, report):
    """Return the address of a text for a closed agenda item."""
    return f"{reverse(name, args=[report.uuid])}?lukket=ja"


def issued(draft, by, ticked=True):
    return issue(draft, by=by, fingerprint=propose(draft).fingerprint, ticked=ticked)


# Issuing


def test_issuing_freezes_everything(draft, torben):
    report = issued(draft, torben)
    assert (report.name, report.version, report.edition) == ("2026-1", 1, Edition.FULL)
    assert report.report == StatusReport.build(draft.programme, on=DAY)
    assert (
        report.pdf_sha256 == hashlib.sha256(bytes(report.pdf)).hexdigest()
        and report.pdf_size > 10_000
    )
    assert dict(report.texts) == TEXTS
    assert all(text in report.page for text in TEXTS.values())
    assert "2026-1, fuld udgave" in report.page and "kladde" not in report.page
    assert not ReportDraft.objects.exists()


def test_the_stored_page_and_file_are_served_byte_for_byte(draft, torben, torbens, mette, june):
    report = issued(draft, torben)
    june[1].change_status(Status.WORK, on=date(2026, 6, 10), by=mette)
    assert report.page in torbens.get(report.get_absolute_url()).content.decode()
    answer = torbens.get(reverse("issued_report_pdf", args=[report.uuid]))
    assert hashlib.sha256(answer.content).hexdigest() == report.pdf_sha256
    assert (
        answer["Content-Disposition"] == 'attachment; filename="statusrapport-unge-2026-1-fuld.pdf"'
    )
    assert (
        torbens.get(reverse("issued_report_json", args=[report.uuid])).content.decode()
        == report.figures
    )


def test_the_model_and_the_database_refuse_a_change(draft, torben):
    report = issued(draft, torben)
    for change in (report.save, report.delete, IssuedReport.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        IssuedReport.objects.update(answer="Alle er i arbejde.")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE reporting_issuedreport SET answer = 'Alle er i arbejde.'")


def test_a_file_that_was_tampered_with_is_a_sentence(programme, torben, torbens, caplog):
    report = an_issued_report(programme, by=torben, pdf_sha256="0" * 64)
    answer = torbens.get(reverse("issued_report_pdf", args=[report.uuid]))
    assert answer.status_code == 409
    assert "er ikke, som den blev udsendt" in text_of(answer)
    assert f"Report {report.uuid}: its pdf is not what was issued." in caplog.text


def test_numbers_count_by_the_year_of_the_day(programme, torben, june, mette):
    days = (DAY, DAY - timedelta(days=30), date(2026, 3, 2))
    names = [
        issued(
            ReportDraft.objects.create(
                programme=programme, edition=Edition.FULL, on=day, written_by=torben
            ),
            torben,
        ).name
        for day in days
    ]
    assert names == ["2026-1", "2026-2", "2026-3"]


@pytest.mark.slow
def test_drawn_again_in_another_process_it_is_the_same_to_the_byte(draft, torben, tmp_path):
    report = issued(draft, torben)
    (tmp_path / "figures.json").write_text(report.figures, encoding="utf-8")
    program = (
        "import django, sys; django.setup()\n"
        "from datetime import date; from pathlib import Path\n"
        "from reporting.issue import Edition, Issue; from reporting.pdf import render_pdf\n"
        "from reporting.status_report import StatusReport\n"
        "report = StatusReport.from_json(Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        f"issue = {stored_issue(report)}\n"
        "sys.stdout.buffer.write(render_pdf(report, issue))\n"
    )
    for seed in ("1", "77"):
        env = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "mentorship.settings"}
        again = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-c", program, str(tmp_path / "figures.json")],
            cwd=django_settings.BASE_DIR, env=env, capture_output=True, check=True,
        )  # fmt: skip
        assert hashlib.sha256(again.stdout).hexdigest() == report.pdf_sha256


def stored_issue(report):
    """Return the report's Issue as a Python expression."""
    issue = report.issue
    return (
        f"Issue(Edition({issue.edition.value!r}), {issue.number!r}, {issue.version}, "
        f"date({issue.issued_on:%Y, {issue.issued_on.month}, {issue.issued_on.day}}), "
        f"{issue.to!r}, {issue.texts!r}, {issue.remarks!r}, {issue.change!r})"
    )


def test_drawn_again_from_the_row_it_is_the_same(draft, torben):
    report = IssuedReport.objects.get(pk=issued(draft, torben).pk)
    page, sha = report.page, report.pdf_sha256
    render_files(report, render_pdf(report.report, report.issue))
    assert (report.page, report.pdf_sha256) == (page, sha)


# Drawing


@pytest.fixture
def drawn(monkeypatch):
    """What is drawn, as [Issue]; a function added to `.meanwhile` is called once, on the way."""

    class Drawn(list):
        def __init__(self):
            self.meanwhile = []

        def draw(self, report, issue):
            self.append(issue)
            if self.meanwhile:
                self.meanwhile.pop()()
            return f"%PDF {report.known_at} {issue}".encode()

    drawn = Drawn()
    monkeypatch.setattr(issuing, "draw_pdf", drawn.draw)
    return drawn


def post_issue(client, draft):
    address = reverse("issue_report", args=[draft.uuid])
    return client.post(address, {"set": propose(draft).fingerprint, "forbehold": "1"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["page", "program"])
def test_no_transaction_is_open_while_a_report_is_drawn(draft, torben, torbens, drawn, kind):
    is_open = []
    drawn.meanwhile.append(lambda: is_open.append(connection.in_atomic_block))
    if kind == "page":
        post_issue(torbens, draft)
    else:
        issued(draft, torben)
    assert is_open == [False] and IssuedReport.objects.exists()


def test_a_number_taken_meanwhile_is_drawn_anew(draft, torben, torbens, drawn):
    other = ReportDraft.objects.create(
        programme=draft.programme,
        edition=Edition.FULL,
        on=DAY + timedelta(days=2),
        written_by=torben,
    )
    drawn.meanwhile.append(lambda: issued(other, torben))
    post_issue(torbens, draft)
    assert [issue.number for issue in drawn] == ["2026-1", "2026-1", "2026-2"]
    first, second = IssuedReport.objects.order_by("number")
    assert (first.on, second.on) == (other.on, draft.on)
    assert f"number='{second.name}'".encode() in bytes(second.pdf)


def test_what_is_recorded_meanwhile_does_not_change_what_was_drawn(
    draft, torben, drawn, june, mette
):
    known_at = propose(draft).known_at
    drawn.meanwhile.append(lambda: log(june[0], mette, on=DAY + timedelta(days=3)))
    report = issued(draft, torben)
    assert len(drawn) == 1 and report.known_at == report.report.known_at == known_at
    assert str(report.report.known_at).encode() in bytes(report.pdf)


def test_a_figure_that_moves_meanwhile_is_not_issued(draft, torbens, drawn, june, mette):
    drawn.meanwhile.append(
        lambda: june[1].change_status(Status.WORK, on=date(2026, 6, 10), by=mette)
    )
    response = post_issue(torbens, draft)
    assert response.status_code == 409 and "ændret, siden du så kladden" in text_of(response)
    assert not IssuedReport.objects.exists() and ReportDraft.objects.exists()


def test_a_form_sent_again_while_it_is_drawn_is_issued_once(draft, torbens, drawn):
    form = torbens.write_fields() | {"set": propose(draft).fingerprint, "forbehold": "1"}
    address, answers = reverse("issue_report", args=[draft.uuid]), []
    drawn.meanwhile.append(lambda: answers.append(torbens.post(address, form)))
    answers.append(torbens.post(address, form))
    (report,) = IssuedReport.objects.all()
    assert [answer.url for answer in answers] == [report.get_absolute_url()] * 2
    page = text_of(torbens.get(report.get_absolute_url()))
    assert "Allerede gemt. Det står der én gang." in page


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (HANGS, "Rapporten er ikke udsendt: PDF'en blev ikke færdig. Prøv igen om lidt."),
        (WITHOUT_PANGO, "Rapporten er ikke udsendt: denne maskine kan ikke lave PDF."),
    ],
    ids=["hangs", "without Pango"],
)
def test_a_report_without_its_pdf_is_not_issued(
    draft, torbens, monkeypatch, settings, program, sentence
):
    if program is HANGS:
        settings.PDF_SECONDS = 0.2
    with drawing_process(program) as process:
        monkeypatch.setattr(pdf_process, "process", process)
        response = post_issue(torbens, draft)
    assert response.status_code == 409 and sentence in text_of(response)
    assert not IssuedReport.objects.exists() and ReportDraft.objects.exists()
    assert not Submission.objects.exists(), "the form may be sent again"


# What stands in the way


def test_numbers_that_do_not_add_up_block(draft, torben, june):
    falsify(june[1].statuschange_set.all(), effective_on=DAY + timedelta(days=1))
    proposal = propose(draft)
    assert proposal.blocked
    with pytest.raises(NotIssued, match="kan ikke udsendes endnu"):
        issue(draft, by=torben, fingerprint=proposal.fingerprint, ticked=True)
    assert not IssuedReport.objects.exists()


def test_a_name_in_a_text_blocks(draft, torben):
    draft.assessment = "Det går godt for ali  vestergaard."
    draft.save()
    assert [check.sentence for check in propose(draft).checks if not check.passed] == [
        "Baggrund og vurdering nævner Ali Vestergaard. Skriv det om uden navn"
    ]
    with pytest.raises(NotIssued, match="endnu"):
        issued(draft, torben)


def test_what_should_hold_asks_for_a_tick_and_stands_in_the_report(draft, torben, enrol):
    enrol("Carl Uden", on=date(2026, 6, 1))
    with pytest.raises(NotIssued, match="Sæt kryds"):
        issued(draft, torben, ticked=False)
    report = issued(draft, torben)
    remark = "1 ung i forløb har intet boligområde og 1 ung i forløb har ingen mentor"
    assert report.remarks == [remark]
    assert f"Forbehold ved udsendelsen: {remark}." in report.page


def test_what_was_looked_at_is_what_is_issued(draft, torben, june, mette):
    fingerprint = propose(draft).fingerprint
    log(june[0], mette, on=DAY + timedelta(days=3))  # after the day: no figure moves
    assert propose(draft).fingerprint == fingerprint
    june[1].change_status(Status.WORK, on=date(2026, 6, 10), by=mette)
    with pytest.raises(NotIssued, match="ændret, siden du så kladden"):
        issue(draft, by=torben, fingerprint=fingerprint, ticked=True)


def test_a_draft_is_issued_once(draft, torben):
    fingerprint = propose(draft).fingerprint
    issue(draft, by=torben, fingerprint=fingerprint, ticked=True)
    with pytest.raises(NotIssued, match="allerede udsendt"):
        issue(draft, by=torben, fingerprint=fingerprint, ticked=True)
    assert IssuedReport.objects.count() == 1


@pytest.mark.slow
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's test database is one connection's"
)
@pytest.mark.django_db(transaction=True)
def test_issued_and_written_in_at_once(draft, torben, second, settings):
    """One of three concurrent issuings of a draft succeeds; another draft gets the next number."""
    settings.PDF_SECONDS = 60  # they wait for each other
    other = ReportDraft.objects.create(
        programme=draft.programme,
        edition=Edition.OPEN,  # which has no earlier report in common with the first
        on=DAY,
        written_by=torben,
    )
    fingerprint = {each.pk: propose(each).fingerprint for each in (draft, other)}
    answers = []

    def at_once(work):
        try:
            answers.append(work())
        except NotIssued as error:
            answers.append(error.messages[0])
        finally:
            connection.close()

    def edit():
        same = ReportDraft.objects.get(pk=draft.pk)
        same.economy = "Skrevet imens"
        return same.save_revision(by=second)

    work = [
        lambda each=each: issue(each, by=torben, fingerprint=fingerprint[each.pk], ticked=True)
        for each in (draft, draft, draft, other)
    ]
    threads = [threading.Thread(target=at_once, args=[job]) for job in work]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    try:
        saved = edit()
    except ReportDraft.DoesNotExist:
        saved = False
    for thread in threads:
        thread.join()
    names = sorted(answer.name for answer in answers if isinstance(answer, IssuedReport))
    of_the_draft = [
        report
        for report in answers
        if isinstance(report, IssuedReport) and report.edition == Edition.FULL
    ]
    if saved:  # written first: what was looked at is not what there is
        assert names == ["2026-1"] and ReportDraft.objects.get().economy == "Skrevet imens"
    else:
        assert (
            names == ["2026-1", "2026-2"]
            and len(of_the_draft) == 1
            and not ReportDraft.objects.exists()
        )


def test_two_people_where_the_programme_asks_for_it(
    draft, programme, torben, second, torbens, client, sign_in
):
    programme.two_to_issue = True
    programme.save()
    draft.refresh_from_db()
    fingerprint = propose(draft).fingerprint
    for by in (torben, second):  # not handed over yet
        with pytest.raises(NotIssued, match="En, der ikke har skrevet i rapporten"):
            issue(draft, by=by, fingerprint=fingerprint, ticked=True)
    assert "Klar til godkendelse" in text_of(
        torbens.get(reverse("report_draft", args=[draft.uuid]))
    )
    torbens.post(reverse("hand_over_report", args=[draft.uuid]))
    assert "Afventer en anden tovholder" in text_of(
        torbens.get(reverse("report_draft", args=[draft.uuid]))
    )
    with pytest.raises(NotIssued, match="En, der ikke har skrevet i rapporten"):
        issue(draft, by=torben, fingerprint=fingerprint, ticked=True)
    sign_in(second)
    assert "Godkend og udsend" in text_of(client.get(reverse("report_draft", args=[draft.uuid])))
    client.post(reverse("issue_report", args=[draft.uuid]), {"set": fingerprint, "forbehold": "1"})
    report = IssuedReport.objects.get()
    assert (report.prepared_by, report.issued_by, report.needed_two) == (torben, second, True)


def test_a_change_takes_the_handing_over_back(draft, second, torben):
    ReportDraft.objects.update(ready_by=torben)
    draft.refresh_from_db()
    draft.economy = "Nyt"
    assert draft.save_revision(by=second)
    assert ReportDraft.objects.get().ready_by is None


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Ali Vestergaards mentor har set det.", True),
        ("ALI VESTERGAARD", True),
        ("Ali Vestergaardsen er en anden.", False),
        ("Boligområderne og Ali for sig.", False),
    ],
)
def test_a_name_is_whole_words(draft, enrol, text, blocks):
    enrol("Bo", on=date(2026, 3, 2))
    draft.economy = text
    assert propose(draft).blocked is blocks


def test_a_name_in_what_is_corrected_blocks_too(draft, torben):
    draft.change = "Ali Vestergaard var talt to gange"
    draft.save()
    assert propose(draft).blocked


def test_another_remark_than_the_one_looked_at_is_not_issued(
    draft, torben, programme, enrol, mette, areas
):
    enrol("Carl Gammel", on=date(2026, 1, 5), area=areas[0], mentor=mette)
    enrol("Dan Mindre", on=date(2026, 5, 1), area=areas[0], mentor=mette)
    fingerprint = propose(draft).fingerprint
    assert "Forbehold ved udsendelsen: 1 status på vejen" in report_page(
        propose(draft).report, propose(draft).issue
    )
    decide(programme, model=Expectation, on=draft.on, review_after_days=30)
    with pytest.raises(NotIssued, match="ændret, siden du så kladden"):
        issue(ReportDraft.objects.get(), by=torben, fingerprint=fingerprint, ticked=True)


def test_the_other_may_be_the_one_who_says_it_is_ready(
    draft, programme, torben, second, client, sign_in
):
    programme.two_to_issue = True
    programme.save()
    sign_in(second).post(reverse("hand_over_report", args=[draft.uuid]))
    draft.refresh_from_db()
    draft.programme.refresh_from_db()
    assert f"Afventer en anden tovholder end {torben}" in text_of(
        sign_in(torben).get(reverse("report_draft", args=[draft.uuid]))
    )
    assert issued(draft, second).issued_by == second


# The pages


def test_from_a_day_to_an_issued_report(torbens, june, kirsten, sign_in, client):
    page = text_of(torbens.get(reverse("draft_report"), {"pr": DAY.isoformat()}))
    assert "Skriv rapporten" in page
    answer = torbens.post(reverse("begin_report"), {"pr": DAY.isoformat()}, follow=True)
    draft = ReportDraft.objects.get()
    assert "Skriv statusrapport" in text_of(answer)
    form = {
        "revision": 1,
        "on": DAY.isoformat(),
        "edition": "full",
        "to": ["committee", "follow_group"],
        **TEXTS,
    }
    page = text_of(torbens.post(reverse("edit_report_draft", args=[draft.uuid]), form, follow=True))
    assert (
        "Kladden er gemt." in page
        and "Tallene stemmer: 2 + 0 + 0 = 2" in page
        and TEXTS["assessment"] in page
    )
    draft.refresh_from_db()
    fingerprint = {"set": propose(draft).fingerprint, "forbehold": "1"}
    page = text_of(
        torbens.post(reverse("issue_report", args=[draft.uuid]), fingerprint, follow=True)
    )
    assert "Rapport 2026-1 er udsendt til skoleudvalget og følgegruppen." in page
    sign_in(kirsten)
    listed = text_of(client.get(reverse("reports")))
    assert "1 af 2 unge er i uddannelse eller arbejde pr. 15. juni 2026" in listed
    assert "Læs rapporten" in listed and "Kladder" not in listed


def test_last_times_texts_are_where_one_begins(torbens, draft, torben):
    issued(draft, torben)
    torbens.post(reverse("begin_report"), {"pr": (DAY + timedelta(days=1)).isoformat()})
    assert dict(ReportDraft.objects.get().texts) == TEXTS


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": (today() + timedelta(days=1)).isoformat()}, "Dagen ligger i fremtiden."),
        ({"on": "1999-01-01"}, "Indsatsen begyndte"),
        ({"on": "i går"}, "Den dag findes ikke."),
        ({"to": []}, "Vælg, hvem rapporten er til."),
        ({"economy": "Se 010203-4567"}, "Skriv ikke CPR-numre."),
    ],
)
def test_a_bad_draft_comes_back_with_a_sentence_and_every_text(torbens, draft, changes, sentence):
    form = {
        "revision": 1,
        "on": DAY.isoformat(),
        "edition": "full",
        "to": ["committee"],
        "assessment": "Min tekst",
    }
    answer = torbens.post(reverse("edit_report_draft", args=[draft.uuid]), form | changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer) and "Min tekst" in text_of(answer)
    assert ReportDraft.objects.get().assessment == TEXTS["assessment"]


def test_two_who_write_the_same_draft_see_both_texts(torbens, draft, second):
    theirs = ReportDraft.objects.get()
    theirs.assessment = "Toves tekst"
    assert theirs.save_revision(by=second)
    form = {
        "revision": 1,
        "on": DAY.isoformat(),
        "edition": "full",
        "to": ["committee"],
        "assessment": "Torbens tekst",
    }
    url = reverse("edit_report_draft", args=[draft.uuid])
    answer = torbens.post(url, form)
    assert answer.status_code == 409
    assert "Toves tekst" in text_of(answer) and "Torbens tekst" in text_of(answer)
    assert ReportDraft.objects.get().assessment == "Toves tekst"
    assert torbens.post(url, form | {"revision": 2}).status_code == 302
    assert ReportDraft.objects.get().assessment == "Torbens tekst"


def test_a_draft_can_be_thrown_away(torbens, draft):
    torbens.post(reverse("discard_report_draft", args=[draft.uuid]))
    assert not ReportDraft.objects.exists()


def test_the_other_ones_day_and_edition_are_shown_as_well(torbens, draft, second):
    theirs = ReportDraft.objects.get()
    theirs.edition, theirs.on, theirs.to_committee, theirs.to_follow_group = (
        Edition.OPEN,
        date(2026, 6, 3),
        False,
        True,
    )
    assert theirs.save_revision(by=second)
    form = {"revision": 1, "on": DAY.isoformat(), "edition": "full", "to": ["committee"], **TEXTS}
    form["assessment"] = TEXTS["assessment"].replace(
        " ", "\r\n", 1
    )  # a browser's line breaks are no other text
    page = text_of(torbens.post(reverse("edit_report_draft", args=[draft.uuid]), form))
    assert "3. juni 2026" in page and "åben udgave" in page and "<p>følgegruppen</p>" in page
    assert "Baggrund og vurdering, som" not in page


def test_text_about_a_draft_that_was_issued_meanwhile_becomes_a_new_draft(torbens, draft, second):
    issued(draft, second)
    form = {
        "revision": 1,
        "on": DAY.isoformat(),
        "edition": "full",
        "to": ["committee"],
        "assessment": "En halv time",
    }
    url = reverse("edit_report_draft", args=[draft.uuid])
    answer = torbens.post(url, form | {"to": []})
    assert answer.status_code == 422 and "En halv time" in text_of(answer)
    answer = torbens.post(url, form, follow=True)
    assert "Din tekst er gemt som en ny kladde." in text_of(answer)
    assert ReportDraft.objects.get().assessment == "En halv time"


def test_a_second_tap_on_udsend_comes_to_the_list(torbens, draft):
    fingerprint = {"set": propose(draft).fingerprint, "forbehold": "1"}
    torbens.post(reverse("issue_report", args=[draft.uuid]), fingerprint)
    answer = torbens.post(reverse("issue_report", args=[draft.uuid]), fingerprint, follow=True)
    assert "Kladden er allerede udsendt eller kasseret." in text_of(answer)
    assert IssuedReport.objects.count() == 1
    assert torbens.get(reverse("report_draft", args=[draft.uuid])).status_code == 404


def test_a_draft_of_a_day_without_a_report_can_be_thrown_away(torbens, draft, programme):
    ReportDraft.objects.update(on=date(2026, 1, 5))  # nobody was enrolled
    answer = torbens.get(reverse("report_draft", args=[draft.uuid]))
    assert "Ingen unge var indskrevet" in text_of(answer) and "Kassér kladden" in text_of(answer)
    answer = torbens.post(reverse("issue_report", args=[draft.uuid]), {"set": "", "forbehold": "1"})
    assert answer.status_code == 409


def test_what_is_pasted_with_invisible_characters_can_be_a_word_file(torbens, draft, torben):
    form = {
        "revision": 1,
        "on": DAY.isoformat(),
        "edition": "full",
        "to": ["committee"],
        "economy": "A\x0bB\x1bC",
    }
    torbens.post(reverse("edit_report_draft", args=[draft.uuid]), form)
    report = issued(ReportDraft.objects.get(), torben)
    assert dict(report.texts)["economy"] == "A\nBC"  # Word writes \x0b for a line break
    assert torbens.get(closed("agenda_document", report)).status_code == 200


def test_the_drafts_pdf_says_draft(torbens, draft):
    answer = torbens.get(reverse("report_draft_pdf", args=[draft.uuid]))
    assert (
        answer.content.startswith(b"%PDF")
        and "kladde-unge-2026-06-15-fuld.pdf" in answer["Content-Disposition"]
    )


def test_each_group_reads_what_was_issued_to_it(programme, torben, kirsten, farid, client, sign_in):
    committees = an_issued_report(programme, by=torben)
    groups = an_issued_report(programme, by=torben, to_committee=False, to_follow_group=True)
    for reader, own, other in ((kirsten, committees, groups), (farid, groups, committees)):
        sign_in(reader)
        assert client.get(own.get_absolute_url()).status_code == 200
        assert client.get(other.get_absolute_url()).status_code == 404
        page = text_of(client.get(reverse("reports")))
        assert own.get_absolute_url() in page and other.get_absolute_url() not in page


def test_the_other_programmes_coordinator_finds_nothing(
    programme, other_programme, torben, sign_in
):
    report = an_issued_report(programme, by=torben)
    stranger = member(other_programme, "Sara Fremmed", Role.COORDINATOR)
    assert sign_in(stranger).get(report.get_absolute_url()).status_code == 404
    assert not IssuedReport.objects.visible_to(stranger).exists()


def test_the_list_asks_as_many_queries_for_one_report_as_for_ten(
    programme, torben, torbens, django_assert_num_queries, django_assert_max_num_queries
):
    an_issued_report(programme, by=torben)
    with django_assert_max_num_queries(12) as asked:
        torbens.get(reverse("reports"))
    for _ in range(9):
        an_issued_report(programme, by=torben)
    with django_assert_num_queries(len(asked)):
        torbens.get(reverse("reports"))


# Corrections


def corrected(report, by, **changes):
    draft = ReportDraft.objects.create(
        programme=report.programme, on=report.on, edition=report.edition, corrects=report,
        written_by=by,
        **{"change": "antallet i Ellemarken"} | changes,
    )  # fmt: skip
    return issued(draft, by)


def test_a_correction_is_a_new_version_and_the_old_one_stays(draft, torben, torbens, june, mette):
    first = issued(draft, torben)
    june[1].change_status(Status.WORK, on=date(2026, 6, 10), by=mette)
    torbens.post(reverse("correct_report", args=[first.uuid]))
    form = {"revision": 1, "change": "En ung var i arbejde.", **TEXTS}
    torbens.post(reverse("edit_report_draft", args=[ReportDraft.objects.get().uuid]), form)
    second = issued(ReportDraft.objects.get(), torben)
    assert (second.name, second.corrects) == ("2026-1, version 2", first)
    assert "Version 2 retter: En ung var i arbejde." in second.page
    first = IssuedReport.objects.get(pk=first.pk)
    assert hashlib.sha256(bytes(first.pdf)).hexdigest() == first.pdf_sha256
    old = text_of(torbens.get(first.get_absolute_url()))
    assert "erstattet af version 2, som retter: En ung var i arbejde." in old
    listed = text_of(torbens.get(reverse("reports")))
    assert "Læs version 1" in listed and listed.count("Læs rapporten") == 1


def test_a_correction_must_say_what_it_corrects(torbens, torben, programme):
    report = an_issued_report(programme, by=torben)
    torbens.post(reverse("correct_report", args=[report.uuid]))
    answer = torbens.post(
        reverse("edit_report_draft", args=[ReportDraft.objects.get().uuid]), {"revision": 1}
    )
    assert "Skriv, hvad den nye version retter." in text_of(answer)


def test_a_report_is_corrected_once_and_then_its_correction(draft, torben, torbens):
    first = issued(draft, torben)
    corrected(first, torben)
    with pytest.raises(NotIssued, match="allerede rettet"):
        corrected(first, torben)
    answer = torbens.post(reverse("correct_report", args=[first.uuid]), follow=True)
    assert "er allerede rettet" in text_of(answer) and "version 2" in text_of(answer)


def test_two_who_begin_to_correct_write_the_same_draft(
    programme, torben, torbens, second, client, sign_in
):
    report = an_issued_report(programme, by=torben)
    for user in (torben, second):
        sign_in(user).post(reverse("correct_report", args=[report.uuid]))
    assert ReportDraft.objects.get().corrects == report
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportDraft.objects.create(
            programme=programme,
            edition=Edition.FULL,
            on=report.on,
            corrects=report,
            written_by=second,
        )


# The decision and the agenda


def test_the_decision_is_recorded_and_shown_to_the_committee(
    torbens, programme, torben, kirsten, sign_in
):
    report = an_issued_report(programme, by=torben)
    url = reverse("record_decision", args=[report.uuid])
    torbens.post(
        url, {"decided_on": today().isoformat(), "text": "Til efterretningg.", "absent": ""}
    )
    torbens.post(
        url,
        {
            "decided_on": today().isoformat(),
            "text": "Taget til efterretning.",
            "absent": "Selim B. (A)",
        },
    )
    page = text_of(sign_in(kirsten).get(report.get_absolute_url()))
    assert (
        "Taget til efterretning." in page
        and "Selim B. (A)" in page
        and "Til efterretningg" not in page
    )
    assert Decision.objects.count() == 2


def test_the_decision_about_the_first_version_stands_beside_the_second(torbens, torben, draft):
    first = issued(draft, torben)
    form = {"decided_on": today().isoformat(), "text": "Taget til efterretning.", "absent": ""}
    torbens.post(reverse("record_decision", args=[first.uuid]), form)
    second = corrected(first, torben)
    page = text_of(torbens.get(second.get_absolute_url()))
    assert "Taget til efterretning." in page and "(om version 1)" in page
    assert "Version 2 retter: antallet i Ellemarken" in text_of(
        torbens.get(closed("agenda_text", second))
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Skriv, hvad udvalget besluttede."),
        ({"decided_on": "2020-01-01"}, "Rapporten er pr. "),
        ({"decided_on": (today() + timedelta(days=1)).isoformat()}, "Dagen ligger i fremtiden."),
    ],
)
def test_a_bad_decision_comes_back(torbens, programme, torben, changes, sentence):
    report = an_issued_report(programme, by=torben)
    form = {"decided_on": today().isoformat(), "text": "Drøftet.", "absent": "Ingen"} | changes
    answer = torbens.post(reverse("record_decision", args=[report.uuid]), form)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not Decision.objects.exists()


def test_the_agenda_has_the_committees_headings_and_the_reports_figures(torbens, draft, torben):
    report = issued(draft, torben)
    text = torbens.get(closed("agenda_text", report)).content.decode()
    lines = text.splitlines()
    headings = [HEADINGS[key] for key in ("recommendation", "assessment", "economy")]
    assert [line for line in lines if line in HEADINGS.values()] == headings
    for row in report.report.rows:
        assert f"{row.label}: {row.count}" in lines
    document = docx.Document(io.BytesIO(torbens.get(closed("agenda_document", report)).content))
    assert [p.text for p in document.paragraphs] == [line for line in lines if line]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"] == headings
    assert document.core_properties.author == "Fællessekretariatet"


# What has happened since


def test_since_lists_exactly_what_was_changed(draft, torben, torbens, june, mette, enrol, areas):
    june[0].statuschange_set.get()  # untouched
    wrong = june[1].move(areas[2], on=date(2026, 6, 5), by=mette, at=at(date(2026, 6, 6)))
    withdrawn = log(june[0], mette, on=date(2026, 6, 9))
    report = issued(draft, torben)
    nothing = late_records(report.programme, DAY, report.known_at)
    assert (
        nothing == []
        and differences(report.report, StatusReport.build(report.programme, on=DAY)) == []
    )

    june[1].change_status(Status.WORK, on=date(2026, 6, 10), by=mette)
    wrong.withdraw(by=torben, reason="Forkert område")
    withdrawn.withdraw(by=mette, reason="Forkert dag")
    log(june[0], mette, on=date(2026, 6, 10))
    enrol("Carl Sent", on=date(2026, 6, 12), at=None, area=areas[0], mentor=mette)
    june[0].change_status(Status.SCHOOL, on=DAY + timedelta(days=1), by=mette)  # after the day
    log(june[0], mette, on=DAY + timedelta(days=2))

    late = late_records(report.programme, DAY, report.known_at)
    assert {(row.name, row.what, row.by, row.why) for row in late} == {
        ("Bo Østergaard", "Arbejde fra 10. juni 2026", "Mette Sørensen", ""),
        (
            "Bo Østergaard",
            "Trukket tilbage: Ellemarken fra 5. juni 2026",
            "Torben Kjær",
            "Forkert område",
        ),
        (
            "Ali Vestergaard",
            "Trukket tilbage: Møde 9. juni 2026, afholdt",
            "Mette Sørensen",
            "Forkert dag",
        ),
        ("Ali Vestergaard", "Møde 10. juni 2026, afholdt", "Mette Sørensen", ""),
        ("Carl Sent", "Indskrevet", "Mette Sørensen", ""),
        ("Carl Sent", "Ungecenter fra 12. juni 2026", "Mette Sørensen", ""),
        ("Carl Sent", "Karlemoseparken fra 12. juni 2026", "Mette Sørensen", ""),
        ("Carl Sent", "Mette Sørensen fra 12. juni 2026", "Mette Sørensen", ""),
    }
    changed = {
        row.what: (row.then, row.now)
        for row in differences(report.report, StatusReport.build(report.programme, on=DAY))
    }
    assert changed["Indskrevet"] == (2, 3)
    assert changed["I uddannelse eller arbejde"] == (1, 2)
    assert (
        changed["Skole"] == (1, 0)
        and changed["Arbejde"] == (1, 2)
        and changed["Ungecenter"] == (0, 1)
    )
    assert changed["Ellemarken, indskrevet"] == (1, 0)
    page = text_of(torbens.get(reverse("since_issued", args=[report.uuid])))
    assert "Forkert område" in page and "Carl Sent" in page
    assert bytes(IssuedReport.objects.get(pk=report.pk).pdf) == bytes(report.pdf)


def test_since_says_that_the_goal_is_defined_otherwise(draft, programme, torben, torbens):
    report = issued(draft, torben)
    statuses = ["education", "work", "completed", "school"]
    decide(programme, on=report.on, by=torben, statuses=statuses, decided_by="Udvalget 2.12.")
    page = text_of(torbens.get(reverse("since_issued", args=[report.uuid])))
    assert "Mål: 30 af 40 fra" in page and "Udvalget 2.12." in page
    assert "Målet er defineret anderledes nu." in page and "I uddannelse eller arbejde" in page


def test_every_printed_figure_can_differ():
    then = replace(REPORT_2019, stays=(Retention(3, 7, 6),))
    now = replace(
        then,
        stays=(Retention(3, 8, 6),),
        sources=replace(then.sources, meetings=1, without_mentor=9),
    )
    changed = {row.what: (row.then, row.now) for row in differences(then, now)}
    assert changed == {
        "Nåede i mål, 3 måneder efter": (7, 8),
        "Møder i registeret": (then.sources.meetings, 1),
        "Uden mentor": (then.sources.without_mentor, 9),
    }


def test_since_names_no_row_of_another_programme(programme, torben, sofus, june):
    report = an_issued_report(programme, by=torben)
    assert not [
        late
        for late in late_records(programme, today(), report.known_at)
        if late.name == sofus.name
    ]


# From report to report


def test_the_next_report_says_what_has_changed(draft, torben, june, mette, enrol, areas):
    first = issued(draft, torben)
    june[1].change_status(Status.WORK, on=date(2026, 8, 10), by=mette)
    enrol("Carl Ny", on=date(2026, 8, 1), area=areas[0], mentor=mette)
    later = ReportDraft.objects.create(
        programme=first.programme,
        edition=Edition.FULL,
        on=date(2026, 9, 15),
        written_by=torben,
        **TEXTS,
    )
    report = issued(later, torben).report
    assert (report.since.number, report.since.on, report.since.in_goal) == ("2026-1", DAY, 1)
    assert dict((row.status, change) for row, change in report.rows_since if change) == {
        Status.SCHOOL: -1, Status.WORK: 1, Status.YOUTH_CENTRE: 1,
    }  # fmt: skip
    assert report.moves == (
        TransitionCount(None, Status.YOUTH_CENTRE, 1),
        TransitionCount(Status.SCHOOL, Status.WORK, 1),
    )
    assert report.stays == (Retention(3, 1, 1), Retention(6, 1, 1))


def test_the_last_report_is_of_the_same_edition_and_not_a_superseded_one(programme, torben, june):
    an_issued_report(programme, by=torben, edition=Edition.OPEN)
    first = an_issued_report(programme, by=torben)
    an_issued_report(
        programme, by=torben, number=first.number, version=2, corrects=first, change="Et tal",
        report=replace(REPORT_2019, on=first.on, enrolled=99),
    )  # fmt: skip
    draft = ReportDraft.objects.create(
        programme=programme, edition=Edition.FULL, on=DAY, written_by=torben
    )
    since = propose(draft).report.since
    assert (since.number, since.enrolled) == ("2026-2, version 2", 99)


def test_where_the_goal_was_another_one_nothing_is_subtracted(draft, programme, torben, torbens):
    first = issued(draft, torben)
    decide(programme, on=date(2026, 9, 1), by=torben, statuses=["work", "school"])
    later = ReportDraft.objects.create(
        programme=programme, edition=Edition.FULL, on=date(2026, 9, 15), written_by=torben
    )
    report = propose(later).report
    assert report.since.number == first.name and since_last(report) is None
    issued(later, torben)
    rows = quarters([(row, row.report) for row in IssuedReport.objects.newest_first()])
    assert [row.change for row in rows] == [None, None]


def test_months_after_the_last_of_a_month():
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 1, 1), 12) == date(2027, 1, 1)


def test_who_left_the_goal_has_not_stayed(programme, enrol, mette):
    enrol("Blev", on=date(2026, 1, 5), status=Status.WORK)
    left = enrol("Gik", on=date(2026, 1, 5), status=Status.WORK)
    left.change_status(Status.YOUTH_CENTRE, on=date(2026, 4, 1), by=mette)
    left.change_status(Status.EDUCATION, on=date(2026, 6, 1), by=mette)
    enrol("For ny", on=date(2026, 5, 4), status=Status.WORK)
    enrol("Aldrig", on=date(2026, 1, 5))
    report = StatusReport.build(programme, on=date(2026, 7, 5))
    assert report.stays == (Retention(3, 2, 1), Retention(6, 2, 2))


# The value


def test_the_lines_of_an_issue():
    assert Issue().docline == "Statusrapport, fuld udgave, kladde"
    issue = Issue(Edition.OPEN, "2026-2", 3)
    assert (issue.name, issue.docline) == (
        "2026-2, version 3",
        "Statusrapport 2026-2, version 3, åben udgave",
    )


def test_texts_make_a_third_page_and_everything_typed_is_escaped():
    issue = Issue(
        number="2026-1", texts=(("recommendation", "<b>Ja</b>"), ("economy", "A & B\n\nNy linje"))
    )
    text = report_html(REPORT_2019, issue)
    assert "&lt;b&gt;Ja&lt;/b&gt;" in text and "A &amp; B" in text and 'id="side-3"' in text
    assert render_pdf(REPORT_2019, issue).startswith(b"%PDF")


@pytest.mark.parametrize(("name", "value"), [("full", StatusReport), ("open", OpenReport)])
def test_what_was_issued_in_2026_can_still_be_read(name, value):
    """The files are as the first version wrote them and never change: they lack new figures."""
    text = (Path(__file__).parent / "issued" / f"{name}.json").read_text(encoding="utf-8")
    stored, again = json.loads(text), json.loads(value.from_json(text).to_json())
    assert {key: again[key] for key in stored} == stored
    assert render_pdf(value.from_json(text)).startswith(b"%PDF")
