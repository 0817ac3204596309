"""The page Samarbejdspartnere."""

import pytest
from django.urls import reverse

from cases.models import FieldChange, Partner, PartnerContact
from cases.tests.builders import a_contact
from setup.forms.partners import USUAL


@pytest.fixture
def uuv(programme):
    return Partner.objects.create(programme=programme, name="UUV", kind="guidance")


@pytest.fixture
def coordinator(sign_in, torben):
    return sign_in(torben)


def changes(programme):
    return [(c.before, c.after) for c in FieldChange.objects.filter(programme=programme)]


def test_a_new_partner_with_a_trace(coordinator, programme):
    answer = coordinator.post(reverse("add_partner"), {"name": "Ungdomsskolen", "kind": "school"})
    assert answer.status_code == 302
    assert programme.partners.get().kind == "school"
    assert changes(programme) == [("", "Ungdomsskolen (skole og uddannelse)")]


@pytest.mark.parametrize("name", ["uuv", "UUV ", "010107-1234", "…", "to\nlinjer"])
def test_a_name_that_is_taken_or_says_nothing(coordinator, programme, uuv, name):
    answer = coordinator.post(reverse("add_partner"), {"name": name, "kind": "other"})
    assert answer.status_code == 422
    assert programme.partners.count() == 1


def test_the_usual_ones_are_ticked_and_those_it_has_are_not_offered(coordinator, programme, uuv):
    page = coordinator.get(reverse("partners")).text
    assert 'value="SSP"' in page and 'value="UUV"' not in page
    coordinator.post(reverse("add_usual_partners"), {"gaengs-names": ["SSP", "Jobcenter"]})
    kinds = dict(programme.partners.values_list("name", "kind"))
    assert kinds == {"UUV": "guidance", "SSP": "crime_prevention", "Jobcenter": "youth_centre"}
    again = coordinator.post(reverse("add_usual_partners"), {"gaengs-names": ["UUV"]})
    assert again.status_code == 422
    assert programme.partners.count() == 3


def test_all_usual_ones_have_a_valid_name_and_kind(coordinator, programme):
    coordinator.post(reverse("add_usual_partners"), {"gaengs-names": list(USUAL)})
    assert programme.partners.count() == len(USUAL)
    for partner in programme.partners.all():
        partner.full_clean()
    assert "Tilføj flere på én gang" not in coordinator.get(reverse("partners")).text


def test_another_name_stands_where_the_partner_is_named(coordinator, programme, uuv, yusuf):
    type(yusuf).objects.filter(pk=yusuf.pk).update(referred_by=uuv)
    coordinator.post(reverse("partner", args=[uuv.uuid]), {"name": "UU Køge", "kind": "guidance"})
    assert "UU Køge" in coordinator.get(yusuf.get_absolute_url()).text
    assert changes(programme) == [("UUV (vejledning)", "UU Køge (vejledning)")]


def test_out_of_use_is_not_offered_but_stays_where_it_is(coordinator, programme, uuv, yusuf, bilal):
    type(yusuf).objects.filter(pk=yusuf.pk).update(referred_by=uuv)
    coordinator.post(reverse("use_partner", args=[uuv.uuid]), {"ud": "1"})

    assert "UUV" not in coordinator.get(reverse("take_in")).text.replace("UUV er ude af brug", "")
    assert "UUV" not in coordinator.get(reverse("edit_mentee", args=[bilal.uuid])).text
    assert "UUV" in coordinator.get(reverse("edit_mentee", args=[yusuf.uuid])).text
    assert "UUV" in coordinator.get(yusuf.get_absolute_url()).text

    coordinator.post(reverse("use_partner", args=[uuv.uuid]), {"ind": "1"})
    assert "UUV" in coordinator.get(reverse("take_in")).text
    assert changes(programme)[::-1] == [("UUV", "UUV, ude af brug"), ("UUV, ude af brug", "UUV")]


def test_a_contact_person_is_added_and_withdrawn(coordinator, programme, uuv, torben):
    person = {"kontakt-name": "Karen Lind", "kontakt-title": "vejleder"}
    address = reverse("add_contact", args=[uuv.uuid])
    assert coordinator.post(address, person).status_code == 422  # no way to reach her
    assert coordinator.post(address, person | {"kontakt-phone": "46112233"}).status_code == 302

    contact = PartnerContact.objects.get()
    assert (contact.partner, contact.recorded_by) == (uuv, torben)
    assert "Karen Lind" in coordinator.get(reverse("partners")).text
    coordinator.post(reverse("withdraw_contact", args=[uuv.uuid, contact.uuid]))
    assert "Karen Lind" not in coordinator.get(reverse("partner", args=[uuv.uuid])).text.replace(
        "Karen Lind er ikke længere kontaktperson", ""
    )
    contact.refresh_from_db()
    assert contact.withdrawn_by == torben


@pytest.mark.parametrize(
    "wrong",
    [
        {"kontakt-name": "Lind, Karen"},
        {"kontakt-title": "cpr 010107-1234"},
        {"kontakt-phone": "12"},
        {"kontakt-email": "010107-1234@example.dk"},
    ],
)
def test_what_a_contact_person_may_not_hold(coordinator, uuv, wrong):
    right = {"kontakt-name": "Karen Lind", "kontakt-phone": "46112233"}
    answer = coordinator.post(reverse("add_contact", args=[uuv.uuid]), right | wrong)
    assert answer.status_code == 422
    assert not PartnerContact.objects.exists()


def test_another_programmes_partner_is_not_found(coordinator, other_programme, signe, uuv):
    theirs = a_contact(other_programme, by=signe)
    for name in ("partner", "use_partner", "add_contact"):
        assert coordinator.get(reverse(name, args=[theirs.partner.uuid])).status_code == 404
    mine = reverse("withdraw_contact", args=[uuv.uuid, theirs.uuid])  # of another partner
    coordinator.post(mine)
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None
