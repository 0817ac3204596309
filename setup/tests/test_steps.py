"""Setting a programme up in the browser: seven steps, and what is missing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from cases.models import (
    FieldChange,
    GoalDefinition,
    HousingArea,
    Membership,
    Partner,
    Programme,
    Role,
    Status,
    Topic,
)
from conftest import FormClient
from setup.checklist import checklist, missing
from setup.forms.programme import TAKEN
from setup.models import Invitation
from setup.sentences import usual_ways
from setup.steps import STEPS
from setup.table_2019 import TABLE_2019
from web.dates import today

DAY = today().isoformat()
NAMED = {"name": "Unge på Vej", "committee": "Børneudvalget", "starts_on": DAY}
GOAL = {
    "goal": "30",
    "target": "40",
    "statuses": ["education", "work", "completed"],
    "area_target": "10",
    "effective_on": DAY,
}


@pytest.fixture
def first(db):
    """The first operator of an empty site, as `first_operator` and the link make one."""
    user = User.objects.create_user("olga@example.dk", "en lang adgangskode", name="Olga Lund")
    invitation = Invitation(email=user.email, name=user.name, role=Role.OPERATOR, starts_on=today())
    invitation.invite(by=None)
    invitation.accept(user)
    return user


@pytest.fixture
def operator(client, first):
    enter(client, first)
    return client


@pytest.fixture
def begun(operator):
    """A programme after the first step, chosen in the operator's browser."""
    answer = operator.post(reverse("new_programme"), NAMED)
    operator.get(answer.url)
    return Programme.objects.get()


def step(client, name, data=None):
    return client.post(reverse(f"setup_{name}"), data or {})


def anew(programme):
    return Programme.objects.get(pk=programme.pk)


def lacking(programme):
    return {check.step.name for check in missing(anew(programme))}


def test_an_empty_site_leads_its_first_operator_to_the_first_step(operator):
    assert operator.get("/").url == reverse("new_programme")
    assert operator.get(reverse("setup")).url == reverse("new_programme")
    assert operator.get(reverse("setup_goal")).url == reverse("new_programme")
    page = operator.get(reverse("new_programme"))
    assert "Trin 1 af 7" in page.text
    assert reverse("setup_areas") not in page.text  # there is nothing to name them in


def test_the_first_operator_shows_a_second_factor_before_the_first_step(first):
    browser = FormClient()
    browser.force_login(first, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get(reverse("new_programme")).url == reverse("mfa_index")
    browser.post(reverse("new_programme"), NAMED)
    assert not Programme.objects.exists()


def test_a_step_before_the_first_is_refused(operator):
    assert step(operator, "goal", GOAL).status_code == 403
    assert not Programme.objects.exists()


def test_the_first_step_makes_the_programme_and_its_operator(
    operator, first, events, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = operator.post(reverse("new_programme"), NAMED)
    assert answer.url == "/indsats/opsaetning/omraader/?indsats=unge-paa-vej"
    programme = Programme.objects.get()
    assert (programme.committee, programme.set_up_at) == ("Børneudvalget", None)
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.recorded_by) == (first, "operator", first)
    assert GoalDefinition.objects.get().effective_on == today()
    assert operator.get("/").url == reverse("setup")
    assert [e["value"] for e in events() if e["event"] == "setting_changed"] == ["begun"]


def test_save_and_close_leads_to_the_account_which_leads_back(operator):
    answer = operator.post(reverse("new_programme"), NAMED | {"luk": "1"})
    assert answer.url == "/konto/?indsats=unge-paa-vej"
    page = operator.get(answer.url)
    assert "fortsætte opsætningen" in page.text and reverse("setup") in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "…"},
        {"name": "Ny\nlinje"},
        {"name": "010107-1234"},
        {"name": "x" * 121},
        {"committee": ""},
        {"sender": "010107-1234"},
        {"starts_on": ""},
        {"starts_on": "1066-10-14"},
        {"starts_on": "2026-02-30"},
        {"starts_on": str(today() + timedelta(days=3000))},
        {"ends_on": str(today() - timedelta(days=1))},
        {"ends_on": "9999-12-31"},
    ],
)
def test_what_a_programme_cannot_be_called(operator, wrong):
    answer = operator.post(reverse("new_programme"), NAMED | wrong)
    assert answer.status_code == 422
    assert "Det er ikke gemt endnu" in answer.text
    assert not Programme.objects.exists()


def test_names_that_give_one_slug(operator, begun):
    for name, slug in (("Unge på vej!", "unge-paa-vej-2"), ("UNGE PAA VEJ", "unge-paa-vej-3")):
        assert operator.post(reverse("new_programme"), NAMED | {"name": name}).status_code == 302
        assert Programme.objects.get(slug=slug).name == name


def test_a_name_that_is_taken(operator, begun):
    answer = operator.post(reverse("new_programme"), NAMED | {"name": "UNGE PÅ VEJ"})
    assert answer.status_code == 422 and TAKEN in answer.text


def test_a_slug_that_is_taken_between_the_look_and_the_save(operator, begun, monkeypatch):
    monkeypatch.setattr("setup.forms.programme.free_slug", lambda name: begun.slug)
    answer = operator.post(reverse("new_programme"), NAMED | {"name": "En anden"})
    assert answer.status_code == 422 and TAKEN in answer.text
    assert Programme.objects.count() == Membership.objects.count() == 1


def test_the_first_step_sent_twice_makes_one_programme(operator):
    fields = operator.write_fields() | NAMED
    answers = [operator.post(reverse("new_programme"), fields) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Programme.objects.count() == Membership.objects.count() == 1


def test_a_step_sent_twice_saves_once(operator, begun):
    fields = operator.write_fields() | GOAL | {"goal": "25"}
    for _ in range(2):
        assert step(operator, "goal", fields).status_code == 302
    assert GoalDefinition.objects.filter(goal=25).count() == 1


def test_two_operators_at_once(operator, begun, first):
    """What the second saves stands beside what the first has saved, with a trace of both."""
    mia = User.objects.create_user("mia@example.dk", "en lang adgangskode", name="Mia Dam")
    Membership.objects.create(
        programme=begun, user=mia, role=Role.OPERATOR, starts_on=today(), recorded_by=first
    )
    other = FormClient()
    enter(other, mia)
    step(operator, "privacy", {"data_controller": "Køge Kommune"})
    step(other, "name", NAMED | {"sender": "Sekretariatet"})
    programme = anew(begun)
    assert (programme.data_controller, programme.sender) == ("Køge Kommune", "Sekretariatet")
    by_field = dict(FieldChange.objects.values_list("field", "recorded_by__name"))
    assert by_field == {"data_controller": "Olga Lund", "sender": "Mia Dam"}


def test_the_name_is_changed_with_a_trace_and_the_slug_stays(operator, begun):
    assert step(operator, "name", NAMED | {"name": "På Vej"}).url == reverse("setup_areas")
    assert (anew(begun).name, anew(begun).slug) == ("På Vej", "unge-paa-vej")
    change = FieldChange.objects.get()
    assert (change.field, change.before, change.after) == ("name", "Unge på Vej", "På Vej")


def test_a_name_that_is_not_valid_is_not_shown_as_the_programmes(operator, begun):
    answer = step(operator, "name", NAMED | {"name": "Nyt", "starts_on": ""})
    assert answer.status_code == 422
    assert "<small>Unge på Vej</small>" in answer.text


def test_days_stand_once_somebody_is_enrolled(sign_in, torben, yusuf):
    client = sign_in(torben)
    named = {"name": "Unge med mål", "sender": "F", "committee": "S", "starts_on": DAY}
    assert step(client, "name", named | {"ends_on": DAY}).status_code == 302
    programme = anew(yusuf.programme)
    assert (programme.sender, programme.ends_on) == ("F", None)
    assert programme.starts_on < today()


def test_the_goal_is_tried_on_the_table_of_2019(operator, begun):
    assert sum(TABLE_2019.values()) == 26 and set(TABLE_2019) == set(Status)
    assert [number for number, _ in usual_ways(TABLE_2019)] == [9, 10, 12]
    counted = step(operator, "goal", GOAL | {"statuses": ["education", "work"], "tael": "1"})
    assert "<b>9</b> af 26 unge" in counted.text
    assert "i tabellen fra 1. marts 2019" in counted.text and "i dag" not in counted.text
    assert GoalDefinition.objects.count() == 1


def test_the_goal_it_began_with_can_be_decided_as_it_is_once(operator, begun, first):
    assert "setup_goal" in lacking(begun)
    decided = GOAL | {"decided_by": "Børneudvalget"}
    assert step(operator, "goal", decided).url == reverse("setup_people")
    assert "setup_goal" not in lacking(begun)
    assert GoalDefinition.objects.get(recorded_by=first).decided_by == "Børneudvalget"
    assert step(operator, "goal", decided).url == reverse("setup_people")
    assert GoalDefinition.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"goal": "41"}, "større end antallet af pladser"),
        ({"statuses": []}, "Vælg mindst én af de ni statusser."),
        ({"statuses": ["sovende"]}, "Vælg mellem de ni statusser."),
        ({"goal": "0"}, "mindst 1"),
        ({"goal": ""}, "Skriv et tal."),
        ({"effective_on": "2001-01-01"}, "Indsatsen begyndte"),
    ],
)
def test_goals_that_are_none(operator, begun, wrong, sentence):
    answer = step(operator, "goal", GOAL | wrong)
    assert answer.status_code in (409, 422) and sentence in answer.text
    assert GoalDefinition.objects.count() == 1


def test_invitations_are_sent_one_after_another(
    operator, begun, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for name, role in (("Torben Kjær", "coordinator"), ("Mette Sørensen", "mentor")):
            email = f"{name.split()[0].lower()}@example.dk"
            data = {"name": name, "email": email, "role": role, "starts_on": DAY}
            assert step(operator, "people", data).url == reverse("setup_people")
    assert [message.to for message in mail.outbox] == [["torben@example.dk"], ["mette@example.dk"]]
    page = operator.get(reverse("setup_people")).text
    assert "Torben Kjær" in page and "Mette Sørensen" in page
    assert "setup_people" not in lacking(begun)


def test_who_must_be_invited_before_anybody_is_taken_in(begun, first):
    def people():
        return next(check for check in checklist(anew(begun)) if check.step.name == "setup_people")

    assert people().comes_first
    for number, role in enumerate(("coordinator", "mentor")):
        invitation = Invitation(
            programme=begun,
            email=f"{number}@example.dk",
            name="En Person",
            role=role,
            starts_on=today(),
        )
        invitation.invite(first)
    assert not people().done and not people().comes_first  # the mails are not sent
    assert "2 mails er ikke nået frem" in people().sentence


def test_areas_are_pasted_with_other_names_and_a_repeated_line(operator, begun):
    lines = "Hastrupparken = Hastrup, HP\nEllemarken\nhastrupparken"
    read = step(operator, "areas", {"lines": lines, "laes": "1"})
    assert read.status_code == 200 and "er det samme område som linje 1" in read.text
    assert not begun.areas.exists()
    assert step(operator, "areas", {"lines": lines}).url == reverse("setup_goal")
    areas = list(begun.areas.values_list("name", "aliases"))
    assert areas == [("Hastrupparken", ["Hastrup", "HP"]), ("Ellemarken", [])]
    assert "setup_areas" not in lacking(begun)


def test_an_area_renamed_and_back_before_anybody_is_enrolled(operator, begun):
    for name in ("Hastrup", "Hastrupparken", "Hastrup"):
        assert step(operator, "areas", {"lines": name}).status_code == 302
    assert begun.areas.get().name == "Hastrup"


def test_four_hundred_areas_are_too_many(operator, begun):
    lines = "\n".join(f"Område {number}" for number in range(400))
    refused = step(operator, "areas", {"lines": lines})
    assert refused.status_code == 422 and "flere end 100 linjer" in refused.text
    assert "Område 399" in refused.text
    assert not begun.areas.exists()


def test_partners_are_ticked_written_or_left_out(operator, begun):
    assert step(operator, "partners").url == reverse("setup_privacy")
    assert "setup_partners" in lacking(begun)
    assert step(operator, "partners", {"names": ["SSP"]}).url == reverse("setup_privacy")
    own = {"egen": "1", "egen-name": "Ungdomsskolen", "egen-kind": "school"}
    assert step(operator, "partners", own).url == reverse("setup_partners")
    assert {p.name for p in begun.partners.all()} == {"SSP", "Ungdomsskolen"}
    again = step(operator, "partners", own)
    assert again.status_code == 422 and "findes allerede" in again.text


def test_privacy_is_written_and_its_switches_lead_back(operator, begun):
    letter = {
        "data_controller": "Køge Kommune",
        "dpo_contact": "dpo@koege.example",
        "retention": "Fem år",
    }
    assert step(operator, "privacy", letter).url == reverse("setup_begin")
    answer = operator.post(reverse("set_drafts"), {"fra": "1", "trin": "1"})
    assert answer.url == reverse("setup_privacy")
    sight = {"laes": "1", "laes-weeks": "2"}
    assert step(operator, "privacy", sight).url == reverse("setup_privacy")
    programme = anew(begun)
    assert (programme.keeps_drafts, programme.substitute_sees_weeks) == (False, 2)
    assert programme.dpo_contact == "dpo@koege.example"
    assert "setup_privacy" not in lacking(begun)
    refused = step(operator, "privacy", letter | {"retention": "010107-1234"})
    assert refused.status_code == 422 and anew(begun).retention == "Fem år"


def test_the_privacy_page_says_who_is_responsible(operator, begun):
    assert "Køge Kommune" not in operator.get(reverse("privacy")).text
    step(operator, "privacy", {"data_controller": "Køge Kommune", "dpo_contact": "dpo@k.example"})
    page = operator.get(reverse("privacy")).text
    assert "Køge Kommune" in page and "dpo@k.example" in page
    assert "Køge Kommune" not in FormClient().get(reverse("privacy")).text


def fill(client, programme):
    HousingArea.objects.create(programme=programme, name="Hastrupparken")
    step(client, "goal", GOAL)
    data = {"name": "Torben Kjær", "email": "t@example.dk", "role": "coordinator"}
    step(client, "people", data | {"starts_on": DAY})


def test_it_opens_when_area_goal_and_coordinator_are_there(operator, begun):
    refused = step(operator, "begin", {"start": "tomt"})
    assert refused.status_code == 422 and "Invitér en tovholder." in refused.text
    assert anew(begun).set_up_at is None
    fill(operator, begun)
    assert step(operator, "begin", {"start": "tomt"}).url == reverse("home")
    assert anew(begun).set_up_at is not None
    assert FieldChange.objects.get(field="set_up_at").after == "ja"
    assert operator.get("/").url == reverse("people")
    step(operator, "begin", {"start": "tomt"})
    assert FieldChange.objects.filter(field="set_up_at").count() == 1


@pytest.mark.parametrize("start", ["", "andet", "kopi"])
def test_a_beginning_that_is_none(operator, begun, start):
    fill(operator, begun)
    assert step(operator, "begin", {"start": start}).status_code == 422
    assert anew(begun).set_up_at is None


def test_a_spreadsheet_is_the_coordinators(operator, begun, first):
    fill(operator, begun)
    assert step(operator, "begin", {"start": "regneark"}).url == reverse("home")
    Membership.objects.create(
        programme=begun, user=first, role=Role.COORDINATOR, starts_on=today(), recorded_by=first
    )
    assert step(operator, "begin", {"start": "regneark"}).url == reverse("import_register")


@pytest.fixture
def earlier(first, programme, yusuf):
    """A programme the operator has had, with people in it."""
    Membership.objects.create(
        programme=programme, user=first, role=Role.OPERATOR, starts_on=today(), recorded_by=first
    )
    Partner.objects.create(programme=programme, name="UUV", kind="guidance")
    Programme.objects.filter(pk=programme.pk).update(data_controller="Køge Kommune")
    return programme


def test_an_earlier_programme_is_copied_without_people(operator, begun, earlier):
    fill(operator, begun)
    copy = {"start": "kopi", "source": str(earlier.pk)}
    assert operator.get(reverse("setup_begin") + f"?indsats={begun.slug}").status_code == 200
    assert step(operator, "begin", copy).url == reverse("home")
    new = anew(begun)
    assert new.areas.count() == earlier.areas.count()  # Hastrupparken once
    assert set(new.topics.values_list("name")) == set(earlier.topics.values_list("name"))
    assert new.partners.get().name == "UUV"
    assert (new.data_controller, new.committee) == ("Køge Kommune", "Børneudvalget")
    assert not new.mentees.exists() and new.memberships.get().user == begun.memberships.get().user


def test_a_copy_that_does_not_open_leaves_nothing(operator, begun, earlier):
    operator.get(reverse("setup_begin") + f"?indsats={begun.slug}")
    refused = step(operator, "begin", {"start": "kopi", "source": str(earlier.pk)})
    assert refused.status_code == 422 and "Invitér en tovholder." in refused.text
    assert not Topic.objects.filter(programme=begun).exists()
    assert anew(begun).data_controller == ""


def test_a_programme_of_others_cannot_be_copied_or_set_up(operator, begun, other_programme):
    fill(operator, begun)
    copy = {"start": "kopi", "source": str(other_programme.pk)}
    assert step(operator, "begin", copy).status_code == 422
    for one in STEPS:
        assert operator.get(f"{one.url}?indsats={other_programme.slug}").status_code == 404
        there = operator.write_fields() | GOAL | {"form_programme": other_programme.slug}
        answer = operator.post(one.url, there)
        assert answer.status_code == 409 and "hører til en indsats" in answer.text
    assert not FieldChange.objects.filter(programme=other_programme).exists()


def test_what_is_missing_stands_on_top_of_overblik_until_it_is_there(sign_in, torben, areas, mette):
    client, programme = sign_in(torben), areas[0].programme
    page = client.get(reverse("overview")).text
    assert "Det mangler i opsætningen" in page and "Skriv den dataansvarlige" in page
    Partner.objects.create(programme=programme, name="UUV", kind="guidance")
    letter = {"data_controller": "K", "dpo_contact": "dpo@k.example", "retention": "Fem år"}
    step(client, "privacy", letter)
    assert "Det mangler i opsætningen" not in client.get(reverse("overview")).text


def test_an_ended_programme_lacks_nothing(sign_in, torben, yusuf, programme):
    assert missing(anew(programme))
    Programme.objects.filter(pk=programme.pk).update(ends_on=today() - timedelta(days=1))
    assert not missing(anew(programme))
    assert "Det mangler" not in sign_in(torben).get(reverse("overview")).text


def test_the_operator_sees_no_young_person(sign_in, olga, yusuf, bilal):
    client = sign_in(olga)
    for one in STEPS:
        page = client.get(one.url)
        assert page.status_code == 200
        assert "Yusuf" not in page.text and "Bilal" not in page.text
