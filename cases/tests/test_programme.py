"""The page Indsatsen."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Mentee, Substitution, Topic
from cases.tests.builders import log_url
from web.dates import today


@pytest.fixture
def torbens(sign_in, torben, programme):
    return sign_in(torben)


def vikar(**changes):
    form = {
        "mentor": "",
        "substitute": "",
        "starts_on": today().isoformat(),
        "ends_on": today().isoformat(),
    } | changes
    return {f"vikar-{name}": value for name, value in form.items()}


def test_two_to_issue_is_switched_on_by_one(torbens, programme):
    url = reverse("set_two_to_issue")
    assert "udsendes nu af to tovholdere" in torbens.post(url, {"til": "1"}, follow=True).text
    programme.refresh_from_db()
    assert programme.two_to_issue
    torbens.post(url, {"fra": "1"})
    programme.refresh_from_db()
    assert programme.two_to_issue, "two switch it off (reporting/tests/test_texts_that_leave.py)"


def test_a_substitute_is_set_and_ended(torbens, mette, rashid, yusuf):
    url = reverse("add_substitution")
    answer = torbens.post(url, vikar(mentor=mette.pk, substitute=rashid.pk), follow=True)
    assert "Rashid Noor er vikar." in answer.text
    assert yusuf in Mentee.objects.visible_to(rashid)
    substitution = Substitution.objects.get()
    torbens.post(reverse("end_substitution", args=[substitution.uuid]))
    assert yusuf not in Mentee.objects.visible_to(rashid)
    assert Substitution.objects.get().withdrawn_reason


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"substitute": ""}, "Vælg en vikar."),
        ({"ends_on": (today() - timedelta(days=1)).isoformat()}, "samme dag som den første"),
        ({"substitute": "mette"}, "Vælg en anden end mentor selv."),
        ({"substitute": "signe"}, "Marker en gyldig valgmulighed"),
        ({"starts_on": "i morgen"}, "Indtast en gyldig dato"),
    ],
)
def test_a_refused_substitution_says_why(torbens, mette, rashid, signe, request, changes, sentence):
    people = {"mette": mette.pk, "signe": signe.pk}
    changes = {name: people.get(value, value) for name, value in changes.items()}
    answer = torbens.post(
        reverse("add_substitution"),
        vikar(mentor=mette.pk, substitute=rashid.pk)
        | vikar(**({"mentor": mette.pk, "substitute": rashid.pk} | changes)),
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Substitution.objects.exists()


def test_topics_are_added_moved_and_taken_out(torbens, programme, sign_in, mette, yusuf):
    torbens.post(reverse("add_topic"), {"emne-name": "Fritid"})
    assert [topic.name for topic in programme.topics.all()][-1] == "Fritid"
    assert "findes allerede" in torbens.post(reverse("add_topic"), {"emne-name": "fritid"}).text
    assert (
        "Skriv emnet uden semikolon."
        in torbens.post(reverse("add_topic"), {"emne-name": "Sport; fritid"}).text
    )
    fritid, job = Topic.objects.get(name="Fritid"), Topic.objects.get(name="Job")
    torbens.post(reverse("change_topic"), {"emne": fritid.pk, "op": "1"})
    assert [topic.name for topic in programme.topics.all()] == [
        "Uddannelse",
        "Job",
        "Fritid",
        "Hverdag og søvn",
    ]
    torbens.post(reverse("change_topic"), {"emne": job.pk, "ud": "1"})
    client = sign_in(mette)
    assert "Job</label>" not in client.get(log_url(yusuf)).text
    assert "Fritid</label>" in client.get(log_url(yusuf)).text


def test_another_programmes_topic_is_not_found(torbens, other_programme):
    topic = Topic.objects.create(programme=other_programme, name="Andet")
    for value in (topic.pk, "x", "", 0):
        assert torbens.post(reverse("change_topic"), {"emne": value, "ud": "1"}).status_code == 404
    topic.refresh_from_db()
    assert topic.in_use


def test_drafts_are_switched_off_for_the_programme(torbens, programme, sign_in, mette, yusuf):
    torbens.post(reverse("set_drafts"), {"fra": "1"})
    programme.refresh_from_db()
    assert programme.keeps_drafts is False
    client = sign_in(mette)
    assert "data-draft-about" not in client.get(log_url(yusuf)).text


def test_the_page_shows_what_was_changed_before_and_after(torbens, programme):
    torbens.post(reverse("set_drafts"), {"fra": "1"})
    torbens.post(reverse("add_topic"), {"emne-name": "Fritid"})
    job = programme.topics.get(name="Job")
    torbens.post(reverse("change_topic"), {"emne": job.pk, "ud": "1"})
    text = html.unescape(torbens.get(reverse("programme")).text)
    assert "Gem kladder på mentorens telefon: ja → nej" in text
    all_four = "Uddannelse, Job, Hverdag og søvn, Fritid"
    assert f"Emner: Uddannelse, Job, Hverdag og søvn → {all_four}" in text
    assert f"Emner: {all_four} → Uddannelse, Hverdag og søvn, Fritid" in text
    assert "Torben Kjær, " in text
