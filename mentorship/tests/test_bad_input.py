"""Whatever is sent, the answer is a page and never a 500."""

import uuid

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.builders import sign_in as enter
from cases.models import Agreement, Meeting
from cases.tests.builders import log, meeting_form, person_form
from reporting.issue import HEADINGS
from reporting.models import ReportDraft
from reporting.tests.examples import an_issued_report
from web.dates import today

NASTY = [
    "\x00",
    "a\x00b",
    "\ud800",
    "0000-01-01",
    "99999-01-01",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "-1",
    "9" * 40,
    "1e400",
    "NaN",
    "🙂" * 5000,
    "x" * 100_000,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\u202e\u0000",
    "../../etc/passwd",
    "",
]
anything = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=30), st.dates().map(str), st.integers().map(str)
)

READS = {  # what each page reads from its address
    "mentees": ["q", "omraade", "status", "mentor", "side", "sorter", "indsats"],
    "overview": ["pr", "mod", "omraade", "mentor", "kontakt", "indsats"],
    "missing_data": ["pr", "mod", "omraade", "mentor", "kontakt"],
    "draft_report": ["pr"],
    "my_week": ["gemt"],
    "record_meeting": ["ung"],
    "mentee": ["vis"],
    "account_login": ["next"],
}


@pytest.fixture
def both(yusuf, bilal, mette, torben, client):
    """A browser that can be anybody."""

    def sign_in(user):
        enter(client, user)
        return client

    return {"mette": lambda: sign_in(mette), "torben": lambda: sign_in(torben)}


def address(name, yusuf):
    return reverse(name, args=[yusuf.uuid] if name == "mentee" else [])


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name, keys in READS.items() for key in keys]
)
def test_a_nasty_address_is_a_page(both, yusuf, name, key):
    client = both["mette" if name in ("my_week", "record_meeting") else "torben"]()
    for value in NASTY:
        if "\ud800" in value:
            continue  # no browser can put it in an address
        assert client.get(address(name, yusuf), {key: value[:3000]}).status_code < 500, value[:20]


def test_an_unknown_programme_in_the_address_of_a_missing_page_is_a_404(both):
    missing = reverse("mentee", args=[uuid.uuid4()])
    assert both["torben"]().get(missing, {"indsats": "ukendt"}).status_code == 404


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_nasty_form_is_a_page_and_keeps_the_register_whole(both, yusuf, mette, data):
    client = both["mette"]()
    forms = {
        f"{reverse('record_meeting')}?ung={yusuf.uuid}": meeting_form(),
        reverse("take_in"): person_form(),
        reverse("edit_mentee", args=[yusuf.uuid]): person_form(),
        reverse("change_status", args=[yusuf.uuid]): {
            "status": "work",
            "detail": "",
            "effective_on": "2026-03-01",
        },
        reverse("pause", args=[yusuf.uuid]): {
            "reason": "other",
            "effective_on": "2026-03-01",
            "last_day": "",
        },
        reverse("make_agreement", args=[yusuf.uuid]): {
            "what": "x",
            "responsible": "mentee",
            "kind": "step",
            "due_on": "2027-01-01",
        },
        reverse("plan_appointment", args=[yusuf.uuid]): {
            "on": "2027-01-01",
            "at": "12:00",
            "place": "",
        },
        reverse("quick_record", args=[yusuf.uuid]): {
            "udfald": "tried",
            "submit_key": str(uuid.uuid4()),
        },
    }
    url = data.draw(st.sampled_from(sorted(forms)))
    form = dict(forms[url])
    for field in data.draw(st.lists(st.sampled_from(sorted(form)), min_size=1, max_size=4)):
        form[field] = data.draw(anything).encode("utf-8", "replace").decode()
    assert client.post(url, form).status_code < 500
    assert client.get(reverse("my_week")).status_code == 200
    assert client.get(yusuf.get_absolute_url()).status_code == 200


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_nasty_report_is_a_page(both, yusuf, torben, data):
    client, day = both["torben"](), today().isoformat()
    draft = ReportDraft.objects.create(programme=yusuf.programme, on=today(), written_by=torben)
    issued = an_issued_report(yusuf.programme, by=torben)
    texts = {
        "on": day,
        "edition": "full",
        "to": "committee",
        "revision": "1",
        **dict.fromkeys(HEADINGS, "Noget"),
    }
    forms = {
        reverse("begin_report"): {"pr": day},
        reverse("edit_report_draft", args=[draft.uuid]): texts,
        reverse("issue_report", args=[draft.uuid]): {"set": "0", "forbehold": "1"},
        reverse("record_decision", args=[issued.uuid]): {
            "decided_on": day,
            "text": "Drøftet.",
            "absent": "",
        },
    }
    url = data.draw(st.sampled_from(sorted(forms)))
    form = dict(forms[url])
    for field in data.draw(st.lists(st.sampled_from(sorted(form)), min_size=1, max_size=4)):
        form[field] = data.draw(anything).encode("utf-8", "replace").decode()
    assert client.post(url, form).status_code < 500
    for page in (
        reverse("report_draft", args=[draft.uuid]),
        issued.get_absolute_url(),
        reverse("reports"),
    ):
        assert client.get(page).status_code == 200


def test_text_is_shown_as_text_everywhere(both, yusuf, mette):
    bad = "<script>alert(1)</script>"
    log(yusuf, mette, note=bad)
    Agreement(mentee=yusuf, what=bad, agreed_on=yusuf.enrolled_on, due_on=yusuf.enrolled_on).make(
        by=mette
    )
    yusuf.change_status("work", on=yusuf.enrolled_on, by=mette, detail=bad)
    yusuf.name, yusuf.own_goal = f"Yusuf {bad}", bad
    yusuf.save()
    meeting = Meeting.objects.get()
    for who, urls in {
        "mette": ["my_week", "mentees", "record_meeting"],
        "torben": ["overview", "missing_data", "mentees", "draft_report"],
    }.items():
        client = both[who]()
        pages = [reverse(name) for name in urls]
        pages += [yusuf.get_absolute_url(), reverse("correct_meeting", args=[meeting.uuid])]
        for page in pages:
            text = client.get(page).text
            assert bad not in text
            assert "&amp;lt;" not in text
