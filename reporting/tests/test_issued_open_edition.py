"""The open edition when issued: its files have only what it prints, compared with all before."""

import io
import json
from datetime import date, timedelta

import docx
import pypdf
import pytest
from django.urls import reverse

from cases.models import Expectation, Status
from cases.tests.builders import decide, falsify
from reporting import disclosure_audit, issuing
from reporting.issue import Edition
from reporting.issuing import NotIssued, issue, propose
from reporting.models import IssuedReport, ReportDraft
from reporting.open_report import OpenReport

from .texts import text_of

DAY = date(2026, 6, 15)


@pytest.fixture
def crowd(enrol, mette, areas):
    """12 in work, 7 on the way (2 in clarification); 11, 5, 2 and 1 in the four areas."""
    statuses = [Status.WORK] * 12 + [Status.SCHOOL] * 5 + [Status.CLARIFICATION] * 2
    homes = [0] * 11 + [1] * 5 + [2] * 2 + [3]
    return [
        enrol(f"Ung {n}", on=date(2026, 3, 2), status=status, area=areas[home], mentor=mette)
        for n, (status, home) in enumerate(zip(statuses, homes, strict=True))
    ]


def open_draft(programme, by, on=DAY, **changes):
    return ReportDraft.objects.create(
        programme=programme, on=on, edition=Edition.OPEN, written_by=by, **changes
    )


def issued(draft, by):
    return issue(draft, by=by, fingerprint=propose(draft).fingerprint, ticked=True)


@pytest.fixture
def report(crowd, programme, torben):
    return issued(open_draft(programme, torben), torben)


def test_what_is_stored_is_what_is_printed(report):
    assert isinstance(report.report, OpenReport)
    figures = json.loads(report.figures)
    assert (
        figures["edition"] == "open" and not {"rows", "sources", "ages", "sexes"} & figures.keys()
    )
    assert [(group.kind, group.count) for group in report.report.groups] == [
        ("goal", 12),
        ("other", 7),
    ]
    pdf = " ".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(report.pdf))).pages
    )
    for text in (report.page, report.figures, pdf):
        assert "Ellemarken 2" not in text and "drenge" not in text
    assert (
        "åben udgave" in report.page and "Afklaring" not in report.page and "Afklaring" not in pdf
    )


def test_the_pages_about_it(report, sign_in, torben, kirsten):
    for user in (torben, kirsten):
        client = sign_in(user)
        assert "12 af 19 unge er i uddannelse eller arbejde" in text_of(
            client.get(reverse("reports"))
        )
        assert report.page in client.get(report.get_absolute_url()).content.decode()
    client = sign_in(torben)
    assert "Ingen tal er ændret." in text_of(
        client.get(reverse("since_issued", args=[report.uuid]))
    )
    text = client.get(reverse("agenda_text", args=[report.uuid])).content.decode()
    assert "I uddannelse eller arbejde: 12" in text and "Afklaring" not in text
    document = docx.Document(
        io.BytesIO(client.get(reverse("agenda_document", args=[report.uuid])).content)
    )
    assert [p.text for p in document.paragraphs] == [line for line in text.splitlines() if line]


def test_what_has_happened_since_is_told_in_open_figures(report, crowd, mette, torben, sign_in):
    for person in crowd[12:14]:
        person.change_status(Status.WORK, on=DAY - timedelta(days=1), by=mette)
    page = text_of(sign_in(torben).get(reverse("since_issued", args=[report.uuid])))
    assert 'I uddannelse eller arbejde</th><td class="n">12</td><td class="n">14' in page
    assert "Arbejde fra 14. juni 2026" in page  # the coordinator's own records


def test_the_next_one_knows_those_before_also_a_corrected_one(
    report, programme, torben, enrol, mette, areas
):
    assert report.report.areas
    enrol("Én til", on=date(2026, 7, 1), area=areas[0], mentor=mette)
    later = open_draft(programme, torben, on=date(2026, 9, 15))
    assert not propose(later).report.areas  # one newcomer: where he lives is not told
    correction = open_draft(programme, torben, corrects=report, change="Et ord")
    assert issued(correction, torben).version == 2
    assert len(IssuedReport.objects.open_before(programme)) == 2
    assert not propose(later).report.areas


def test_a_finding_blocks(crowd, programme, torben, monkeypatch):
    draft = open_draft(programme, torben)
    monkeypatch.setattr(
        disclosure_audit, "findings", lambda report, previous: ["En gruppe er for lille."]
    )
    proposal = propose(draft)
    assert proposal.blocked and "En gruppe er for lille." in [
        check.sentence for check in proposal.checks
    ]
    with pytest.raises(NotIssued):
        issue(draft, by=torben, fingerprint=proposal.fingerprint, ticked=True)
    assert issuing.disclosure_audit is disclosure_audit


def test_the_texts_are_ticked_as_read(crowd, programme, torben):
    draft = open_draft(programme, torben, assessment="Det går fremad.")
    with pytest.raises(NotIssued, match="Sæt kryds"):
        issue(draft, by=torben, fingerprint=propose(draft).fingerprint, ticked=False)
    assert issued(draft, torben).texts


def test_what_should_hold_is_said_without_a_number(crowd, programme, torben, enrol):
    enrol("Uden", on=date(2026, 6, 1))
    [remark, *_] = issued(open_draft(programme, torben), torben).remarks
    assert remark == "Nogle i forløb mangler boligområde eller mentor"


def test_numbers_that_do_not_add_up_block_and_are_shown(crowd, programme, torben, sign_in):
    falsify(crowd[0].statuschange_set.all(), effective_on=DAY + timedelta(days=1))
    draft = open_draft(programme, torben)
    assert propose(draft).blocked
    assert "Tallene stemmer ikke" in text_of(
        sign_in(torben).get(reverse("report_draft", args=[draft.uuid]))
    )


def test_what_is_corrected_is_ticked_as_read_too(report, programme, torben):
    draft = open_draft(programme, torben, corrects=report, change="1 ung i Søparken var talt med")
    with pytest.raises(NotIssued, match="Sæt kryds"):
        issue(draft, by=torben, fingerprint=propose(draft).fingerprint, ticked=False)


def area_figures(report):
    return [(area.name, area.enrolled) for area in report.areas]


def test_an_area_that_has_another_name_now_is_held_against_itself(
    report, programme, torben, areas, enrol, mette
):
    before = area_figures(report.report)
    assert before[0][0] == "Karlemoseparken"
    areas[0].rename("Karlemosen", on=date(2026, 8, 1), by=torben)
    programme.refresh_from_db()
    later = open_draft(programme, torben, on=date(2026, 9, 15))
    assert area_figures(propose(later).report) == [("Karlemosen", before[0][1]), *before[1:]]
    assert area_figures(propose(open_draft(programme, torben)).report) == before
    assert area_figures(IssuedReport.objects.get(pk=report.pk).report) == before

    enrol("Én til", on=date(2026, 8, 2), area=areas[0], mentor=mette)
    programme.refresh_from_db()
    later.refresh_from_db()
    hidden = propose(later)
    assert not hidden.report.areas and not hidden.blocked  # it is one newcomer, in any name


def test_an_area_that_is_written_another_name_by_hand_hides_the_table(
    report, programme, torben, areas
):
    areas[0].name = "Karlemosen"
    areas[0].save()
    programme.refresh_from_db()
    later = propose(open_draft(programme, torben, on=date(2026, 9, 15)))
    assert not later.report.areas and not later.blocked


def test_an_area_that_was_printed_stays_when_all_have_left_and_it_is_out_of_use(
    report, programme, torben, areas, crowd, mette
):
    printed = dict(area_figures(report.report))
    for person in crowd:
        if person.residence_set.get().area == areas[0]:
            person.move(None, on=date(2026, 7, 1), by=mette)
    areas[0].put_in_use(False, on=date(2026, 8, 1), by=torben)
    programme.refresh_from_db()
    later = propose(open_draft(programme, torben, on=date(2026, 9, 15)))
    assert not later.blocked
    now = dict(area_figures(later.report))
    assert not now or set(now) == set(printed)
    assert now.get(areas[0].name, 0) == 0


def test_where_no_figure_is_shown_the_trend_is_not_stored_either(report, programme, torben, mette):
    later = open_draft(programme, torben, on=date(2026, 9, 15))
    decide(programme, model=Expectation, on=later.on, disclosure_threshold=15)
    later.programme.refresh_from_db()
    value = propose(later).report
    assert value.enrolled is None and value.trend == ()


def test_a_report_of_too_few_to_print_is_on_the_list_without_a_picture(
    enrol, mette, programme, torben, kirsten, sign_in
):
    enrol("Ung 1", on=date(2026, 3, 2), mentor=mette)
    few = issued(open_draft(programme, torben), torben)
    assert few.report.enrolled is None
    page = sign_in(kirsten).get(reverse("reports"))
    assert page.status_code == 200 and few.name in text_of(page)
