"""The pages Målet and Forventninger."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.definitions import definitions_of
from cases.models import Expectation, GoalDefinition
from cases.tests.builders import a_coming_goal, an_old_goal
from reporting.tests.examples import an_issued_report
from web.dates import today

GOAL = {
    "goal": "35",
    "target": "50",
    "statuses": ["education", "work"],
    "area_target": "10",
    "effective_on": today().isoformat(),
    "decided_by": "Udvalget 17.11.",
    "note": "",
}
EXPECTED = {
    "youngest": "15",
    "oldest": "29",
    "expected_gender": "",
    "inactive_after_days": "21",
    "review_after_days": "60",
    "disclosure_threshold": "8",
    "effective_on": today().isoformat(),
}


def words(answer):
    return " ".join(re.sub("<[^>]*>", " ", answer.text).split())


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def post(torbens):
    return lambda name="goal", **values: torbens.post(
        reverse(name), (GOAL if name == "goal" else EXPECTED) | values
    )


def test_the_goal_is_saved_from_today_and_moves_no_earlier_day(post, programme, yusuf):
    assert post().status_code == 302
    programme.refresh_from_db()
    definitions = definitions_of(programme)
    now = definitions.goal(today())
    assert (now.goal, now.target, now.statuses) == (35, 50, ["education", "work"])
    assert (now.decided_by, str(now.recorded_by)) == ("Udvalget 17.11.", "Torben Kjær")
    assert definitions.goal(today() - timedelta(days=1)).goal == 30


def test_the_page_counts_today_and_what_is_chosen(torbens, post, yusuf, bilal):
    yusuf.change_status("work", on=today(), by=yusuf.recorded_by)
    page = words(torbens.get(reverse("goal")))
    assert "1 af 2 unge" in page and "Ungecenter 1" in page and "30 af 40" in page
    answer = post(statuses=["school", "work", "youth_centre"], tael="1")
    assert answer.status_code == 200 and "2 af 2 unge" in words(answer)
    same = post(goal="30", target="40", statuses=["education", "work", "completed"], tael="1")
    assert same.status_code == 200 and "i forvejen" not in words(same)
    assert GoalDefinition.objects.count() == 1


def test_days_gone_by_are_asked_about_and_answered_by_another(
    post, programme, torben, olga, yusuf, sign_in
):
    issued = an_issued_report(programme, by=torben)
    before = bytes(issued.pdf)
    day = issued.on.isoformat()
    asked = post(effective_on=day)
    assert asked.status_code == 409
    assert f"Rapport {issued.name} pr." in words(asked) and "med det nye" in words(asked)
    assert GoalDefinition.objects.count() == 1
    assert post(effective_on=day, bagud="1").status_code == 302
    proposal = GoalDefinition.objects.waiting().get()
    address = reverse("answer_goal", args=[proposal.uuid])
    client = sign_in(torben)
    client.post(address, {"ja": "1"})
    assert GoalDefinition.objects.waiting().exists()
    client = sign_in(olga)
    assert "35 af 50" in words(client.get(reverse("proposals")))
    client.post(address, {"ja": "1"})
    programme.refresh_from_db()
    assert definitions_of(programme).goal(issued.on).goal == 35
    issued.refresh_from_db()
    assert bytes(issued.pdf) == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"goal": "51"}, "ikke være større end antallet af pladser"),
        ({"statuses": []}, "Vælg mindst én af de ni statusser."),
        ({"statuses": ["moon"]}, "Vælg mellem de ni statusser."),
        ({"effective_on": "2024-12-31"}, "Indsatsen begyndte"),
        ({"effective_on": ""}, "Vælg en dag."),
        ({"effective_on": "2999-01-01"}, "de næste to år"),
        ({"target": "99999"}, "højst 5000"),
        ({"goal": "mange"}, "Skriv et helt tal."),
        ({"goal": "0"}, "Skriv et tal på mindst 1."),
        ({"decided_by": "Om 010203-1234"}, "CPR"),
    ],
)
def test_what_the_goal_refuses(post, values, sentence):
    answer = post(**values)
    assert answer.status_code == 422 and sentence in words(answer)
    assert GoalDefinition.objects.count() == 1


def test_the_same_again_is_refused(post):
    post()
    answer = post()
    assert answer.status_code == 422 and "gælder den dag i forvejen" in words(answer)


def test_expectations_are_saved_and_refused(post, programme):
    crossed = post("expectations", youngest="30")
    assert crossed.status_code == 422 and "ikke være ældre" in words(crossed)
    assert "mindst 3" in words(post("expectations", disclosure_threshold="2"))
    assert post("expectations").status_code == 302
    programme.refresh_from_db()
    definitions = definitions_of(programme)
    assert definitions.expectation(today()).oldest == 29
    assert definitions.expectation(today() - timedelta(days=1)).expected_gender == "male"


def test_what_begins_in_the_future_is_withdrawn(torbens, programme, torben):
    coming = a_coming_goal(programme, torben)
    page = torbens.get(reverse("goal"))
    assert "Træk tilbage" in words(page)
    torbens.post(reverse("withdraw_goal", args=[coming.uuid]))
    coming.refresh_from_db()
    assert coming.withdrawn_at and "Træk tilbage" not in words(torbens.get(reverse("goal")))


def test_a_proposal_can_be_taken_back(torbens, programme, torben):
    proposal = an_old_goal(programme, torben, Expectation, oldest=29)
    assert "venter på et ja" in words(torbens.get(reverse("expectations")))
    torbens.post(reverse("answer_expectation", args=[proposal.uuid]), {"nej": "1"})
    assert "venter på et ja" not in words(torbens.get(reverse("expectations")))


def test_another_programmes_is_not_found(torbens, other_programme, signe):
    coming = a_coming_goal(other_programme, signe)
    assert torbens.post(reverse("withdraw_goal", args=[coming.uuid])).status_code == 404
    old = an_old_goal(other_programme, signe)
    assert torbens.post(reverse("answer_goal", args=[old.uuid]), {"ja": "1"}).status_code == 404


def test_a_programme_that_has_not_begun_is_defined_from_its_first_day(programme, torbens):
    programme.starts_on = today() + timedelta(days=30)
    programme.save()
    page = torbens.get(reverse("goal"))
    assert f'value="{programme.starts_on.isoformat()}"' in page.text
