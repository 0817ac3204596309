"""Every text field of the project refuses a CPR number, or says here why it need not."""

import importlib
import pkgutil
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

import accounts
import cases
import imports
import overview
import reporting
import setup
import web
from accounts.models import User
from cases.models import Attendance, Match, Mentee, Pause, StatusChange, Substitution, Topic
from cases.tests.builders import meeting_form, person_form
from reporting.models import ReportDraft
from web.dates import today, years_after
from web.validators import valid_name, valid_phone, valid_text

PACKAGES = (accounts, cases, imports, overview, reporting, setup, web)
CPR = "010107-1234"

NOT_TYPED = {
    "User.email": "in User.clean",
    "User.name": "in User.clean",
    "User.password": "a hash",
    "Session.session_key": "random",
    "Session.session_data": "signed; what was typed is kept for an hour at most",
    "Mentee.search_key": "made from the name",
    "FieldChange.field": "the name of a field",
    "FieldChange.before": "a value that was checked when it was typed",
    "FieldChange.after": "a value that was checked when it was typed",
    "Strike.struck": "names of tables and keys of rows",
    "Submission.path": "an address of ours",
    "Submission.location": "an address of ours",
    "Submission.digest": "a keyed hash",
    "Submission.message_tags": "a signed offer to undo",
    "GoalDefinition.statuses": "codes, compared with the nine",
    "IssuedReport.answer": "a sentence made from figures",
    "IssuedReport.figures": "JSON of figures",
    "IssuedReport.texts": "from a draft, where they were checked",
    "IssuedReport.change": "from a draft, where it was checked",
    "IssuedReport.remarks": "sentences of ours",
    "IssuedReport.page": "HTML made from the above",
    "IssuedReport.pdf_sha256": "a hash",
    "IssuedReport.page_sha256": "a hash",
    "IssuedReport.figures_sha256": "a hash",
    "IssuedReport.texts_sha256": "a hash",
    "ImportRun.digest": "a hash",
    "Invitation.token_hash": "a hash",
    "ImportRun.new": "counts",
    "ImportRun.notes": "sentences of ours",
}
NOT_KEPT = {
    "AreasForm.lines": "each line is checked as the names it holds",
    "ResetPasswordForm.email": "compared with the users",
    "IssueForm.set": "a fingerprint, compared",
    "ActivateAppForm.code": "compared",
    "AddPasskeyForm.name": "made from the device",
    "AddPasskeyForm.credential": "JSON of the browser, checked by its signature",
    "CodeForm.code": "compared",
    "ReauthenticateCodeForm.code": "compared",
    "EditForm.drawn": "signed by us",
    "MergingForm.drawn": "signed by us",
    "OverviewForm.kontakt": "one of two words",
}


def model_fields():
    """Every text field of our models that is long enough to hold a CPR number."""
    for model in apps.get_models():
        if not model.__module__.startswith(tuple(f"{package.__name__}." for package in PACKAGES)):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if is_text and not field.choices and (field.max_length or 99) >= len(CPR):
                yield field


def our_forms():
    """Every form of the project, also those without a model."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".tests" not in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    ours = tuple(f"{package.__name__}." for package in PACKAGES)
    found = {
        form
        for form in subclasses(forms.BaseForm)
        if form.__module__.startswith(ours) and ".tests." not in form.__module__
    }
    return sorted(found, key=lambda form: form.__qualname__)


def form_fields():
    """(name, field, form) of every text field of our forms."""
    for form in our_forms():
        for name, field in form.base_fields.items():
            is_text = isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)
            if is_text and not isinstance(field.widget, forms.PasswordInput):
                yield name, field, form


def subclasses(cls):
    return {cls, *(below for sub in cls.__subclasses__() for below in subclasses(sub))}


def refuses(field, value):
    try:
        field.run_validators(value)
    except ValidationError as error:
        return "cpr" in [problem.code for problem in error.error_list]
    return False


def test_every_text_field_of_a_model_refuses_a_cpr_number():
    fields = list(model_fields())
    assert len(fields) > 40
    missing = []
    for field in fields:
        value = [CPR] if isinstance(field, models.JSONField) else CPR
        if str(field).partition(".")[2] not in NOT_TYPED and not refuses(field, value):
            missing.append(str(field))
    assert missing == []


def test_every_text_field_of_a_form_refuses_a_cpr_number():
    fields = list(form_fields())
    assert len(fields) > 20
    missing = []
    for name, field, form in fields:
        of_model = isinstance(form, forms.models.ModelFormMetaclass) and name in form._meta.fields
        checks = form._meta.model._meta.get_field(name) if of_model else field
        if f"{form.__name__}.{name}" not in NOT_KEPT and not refuses(checks, CPR):
            missing.append(f"{form.__name__}.{name}")
    assert missing == []


def test_no_exception_is_out_of_date():
    assert NOT_TYPED.keys() <= {str(field).partition(".")[2] for field in model_fields()}
    assert NOT_KEPT.keys() <= {f"{form.__name__}.{name}" for name, _, form in form_fields()}


@pytest.mark.parametrize("details", [{"name": f"Ali {CPR}"}, {"email": f"{CPR}@mail.dk"}])
def test_a_user_is_not_named_by_a_cpr_number(details):
    with pytest.raises(ValidationError, match="Skriv ikke CPR-numre"):
        User(**{"name": "Ali", "email": "ali@mail.dk"} | details).clean()


# Names, phone numbers, texts


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Al-Sayed, Ali", "comma"),
        ("\u200b", "hidden"),
        ("\u200d", "nothing"),
        ("...", "nothing"),
        ("Ali\u202eHassan", "hidden"),
        ("Ali\nHassan", "lines"),
        ("Ali\u2028Hassan", "lines"),
        ("Ali \ufffd", "not_utf_8"),
        ("Ali\x00", "hidden"),
        ("Ali \ud800", "hidden"),
    ],
)
def test_what_is_no_name(name, code):
    with pytest.raises(ValidationError) as refused:
        valid_name(name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "name", ["Åse Ærø", "محمد\u200cرضا", "D'Angelo O’Neill", "Mohammed (Momo) 2.", "Nguyễn Thị"]
)
def test_what_is_a_name(name):
    valid_name(name)


@pytest.mark.parametrize("phone", [CPR, "ring", "1234567", "112", "12345678", "2143658", "0x10",
    "20 12 34 56\n", "20123456 / 21436587", "None", "+45 2143658", "+0123456789", "(mor) 20123456",
])  # fmt: skip
def test_what_is_no_phone_number(phone):
    with pytest.raises(ValidationError):
        valid_phone(phone)


@pytest.mark.parametrize("phone", ["20123456", "20 12 34 56", "+45 20 12 34 56", "0045 20123456",
    "+46 70 123 45 67", "4520123456", "+298 123456", "20-12-34-56", "+4915112345678",
])  # fmt: skip
def test_what_is_a_phone_number(phone):
    valid_phone(phone)


def test_emoji_and_lines_are_text():
    valid_text("Godt gået 👨\u200d👩\u200d👧\nVi ses 🏳️\u200d🌈")


def test_a_paste_is_saved_without_what_nobody_sees(sign_in, mette, yusuf):
    """Phones put direction marks around a number, Word soft hyphens into words."""
    form = person_form(name="\ufeffYusuf Ham\xaddan\u200b", phone="\u202d+45 20 12 34 56\u202c")
    answer = sign_in(mette).post(reverse("edit_mentee", args=[yusuf.uuid]), form)
    yusuf.refresh_from_db()
    assert answer.status_code == 302
    assert (yusuf.name, yusuf.phone) == ("Yusuf Hamdan", "+45 20 12 34 56")


def test_bytes_that_are_not_utf_8_are_not_stored(sign_in, mette, yusuf):
    client = sign_in(mette)
    fields = person_form(name=b"Yusuf S\xf8rensen") | client.write_fields()
    answer = client.post(
        reverse("edit_mentee", args=[yusuf.uuid]),
        urlencode(fields, doseq=True),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422
    assert "Ret dem, der står som" in answer.text
    assert "Yusuf S\ufffdrensen" in answer.text
    yusuf.refresh_from_db()
    assert yusuf.name == "Yusuf Hamdan"


def test_a_refused_text_stays_in_the_form_and_the_sentence_does_not_repeat_it(
    sign_in, mette, yusuf
):
    form = person_form(phone=CPR, own_goal="Jeg vil have et job")
    text = sign_in(mette).post(reverse("edit_mentee", args=[yusuf.uuid]), form).text
    assert "Jeg vil have et job" in text
    assert text.count(CPR) == 1  # in its own field


# Days


FAR = years_after(today(), 2) + timedelta(days=1)
LAST_DAYS = [date(9999, 12, 31), FAR]


@pytest.mark.parametrize("day", LAST_DAYS)
def test_nothing_is_planned_beyond_two_years(sign_in, torben, mette, rashid, yusuf, day):
    client, far = sign_in(torben), day.isoformat()
    posts = {
        "pause": {"reason": "other", "effective_on": today().isoformat(), "last_day": far},
        "end_pause": {"effective_on": far},
        "match_mentor": {"mentor": "ingen", "effective_on": far},
        "plan_appointment": {"on": far},
        "make_agreement": {"what": "FGU", "responsible": "mentee", "kind": "step", "due_on": far},
    }
    for name, data in posts.items():
        answer = client.post(reverse(name, args=[yusuf.uuid]), data)
        assert (name, answer.status_code) == (name, 422)
        assert "to år" in answer.text
    substitution = {"vikar-mentor": mette.pk, "vikar-substitute": rashid.pk}
    for first in (today().isoformat(), far):
        data = substitution | {"vikar-starts_on": first, "vikar-ends_on": far}
        answer = client.post(reverse("add_substitution"), data)
        assert answer.status_code == 422
        assert "to år" in answer.text
    assert not Substitution.objects.exists()
    assert not Pause.objects.exists()
    assert Match.objects.count() == 1


def test_a_pause_lasts_two_years_at_most(yusuf, mette):
    first = yusuf.enrolled_on
    with pytest.raises(ValidationError, match="to år efter den første"):
        yusuf.pause("other", on=first, last_day=years_after(first, 2) + timedelta(days=1), by=mette)
    _, end = yusuf.pause("other", on=first, last_day=years_after(first, 2), by=mette)
    assert end.effective_on == years_after(first, 2) + timedelta(days=1)


def test_a_letter_is_not_handed_over_in_the_future(sign_in, mette, yusuf):
    form = person_form(informed_on=(today() + timedelta(days=1)).isoformat())
    answer = sign_in(mette).post(reverse("edit_mentee", args=[yusuf.uuid]), form)
    assert answer.status_code == 422
    assert "Dagen ligger i fremtiden." in answer.text


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 2, 29), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 11, 28), 2, date(2028, 11, 28)),
        (date(9999, 12, 31), 2, date.max),
    ],
)
def test_years_after(day, years, later):
    assert years_after(day, years) == later


@pytest.mark.parametrize("data", [{}, {"pr": ""}])
def test_a_report_is_not_begun_without_a_day(sign_in, torben, yusuf, data):
    answer = sign_in(torben).post(reverse("begin_report"), data)
    assert answer.status_code == 422
    assert "Vælg en dag." in answer.text
    assert not ReportDraft.objects.exists()


def test_a_birthday_after_the_enrolment_is_refused_when_details_are_edited(sign_in, mette, yusuf):
    form = person_form(born_on=yusuf.enrolled_on.isoformat())
    answer = sign_in(mette).post(reverse("edit_mentee", args=[yusuf.uuid]), form)
    assert answer.status_code == 422
    assert "Fødselsdagen skal ligge før indskrivningen." in answer.text


# Keys


@pytest.mark.parametrize("key", [2**63, 2**64, 10**40, -(2**63) - 1, "9" * 5_000, "x", "1.0", ""])
def test_a_topic_of_any_key_is_a_choice_or_none(sign_in, mette, yusuf, programme, key):
    topic = Topic.objects.first()
    form = meeting_form(note="Noten bliver stående", topics=[topic.pk, key])
    answer = sign_in(mette).post(f"{reverse('record_meeting')}?ung={yusuf.uuid}", form)
    assert answer.status_code == 422
    assert "Noten bliver stående" in answer.text
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("key", [2**63, 10**40, -1, "9" * 5_000])
def test_other_huge_keys_are_no_choice(sign_in, torben, yusuf, key):
    client = sign_in(torben)
    people = Mentee.objects.count(), StatusChange.objects.count()
    for name, data in {
        "take_in": person_form(referred_by=key, own_goal="Et job"),
        "add_substitution": {"vikar-mentor": key, "vikar-substitute": key},
    }.items():
        assert client.post(reverse(name), data).status_code == 422
    for name, data in {"match_mentor": {"mentor": key}, "move": {"area": key}}.items():
        data |= {"effective_on": today().isoformat()}
        assert client.post(reverse(name, args=[yusuf.uuid]), data).status_code == 422
    assert client.post(reverse("change_topic"), {"emne": key, "ud": "1"}).status_code == 404
    for query in ("side", "omraade", "mentor", "status"):
        assert client.get(reverse("mentees"), {query: key}).status_code == 200
    assert (Mentee.objects.count(), StatusChange.objects.count()) == people
