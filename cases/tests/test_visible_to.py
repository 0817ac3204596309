"""Row access: Mentee.objects.visible_to."""

import random
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from cases import questions
from cases.models import Attendance, Membership, Mentee, Role, Substitution
from cases.tests.builders import become, end_roles, log
from web.dates import today


def seen(user, on=None):
    return {mentee.name for mentee in Mentee.objects.visible_to(user, on)}


@pytest.fixture
def everybody(yusuf, bilal, sofus):
    return {"Yusuf Hamdan", "Bilal Karim", "Sofus Bang"}


def test_a_mentor_sees_those_matched_with_them_today(everybody, mette, rashid):
    assert seen(mette) == {"Yusuf Hamdan"}
    assert seen(rashid) == {"Bilal Karim"}


def test_a_coordinator_sees_the_programme_and_nothing_beside_it(everybody, torben):
    assert seen(torben) == {"Yusuf Hamdan", "Bilal Karim"}


@pytest.mark.parametrize("who", ["kirsten", "farid", "olga"])
def test_readers_and_operators_see_nobody(everybody, who, request):
    assert seen(request.getfixturevalue(who)) == set()


def test_somebody_not_signed_in_sees_nobody(everybody):
    assert seen(AnonymousUser()) == set()


def test_the_mentor_of_another_programme_sees_their_own_only(everybody, signe):
    assert seen(signe) == {"Sofus Bang"}


def test_a_new_mentor_takes_over_on_the_day_and_not_before(yusuf, mette, rashid, torben):
    tomorrow = today() + timedelta(days=1)
    yusuf.match(rashid, on=tomorrow, by=torben)
    assert "Yusuf Hamdan" in seen(mette)
    assert "Yusuf Hamdan" not in seen(rashid)
    assert "Yusuf Hamdan" in seen(rashid, on=tomorrow)
    assert "Yusuf Hamdan" not in seen(mette, on=tomorrow)


def test_a_withdrawn_match_gives_the_mentor_back(yusuf, mette, rashid, torben):
    fact = yusuf.match(rashid, on=today(), by=torben)
    assert seen(mette) == set()
    fact.withdraw(by=torben, reason="Forkert mentor")
    assert seen(mette) == {"Yusuf Hamdan"}
    assert seen(rashid) == set()


def test_no_mentor_means_that_only_the_coordinator_sees(yusuf, mette, torben):
    yusuf.match(None, on=today(), by=torben)
    assert seen(mette) == set()
    assert seen(torben) == {"Yusuf Hamdan"}


def test_access_ends_with_the_membership_on_its_last_day(yusuf, mette):
    end_roles(mette.memberships.all(), today())
    assert seen(mette) == {"Yusuf Hamdan"}
    assert not Mentee.objects.visible_to(mette, today() + timedelta(days=1)).exists()


def test_a_role_that_ended_yesterday_shows_nobody(yusuf, mette):
    end_roles(mette.memberships.all())
    assert seen(mette) == set()


def test_a_match_without_the_role_of_mentor_shows_nobody(yusuf, mette, programme):
    become(mette, Role.COMMITTEE)
    assert seen(mette) == set()


def test_a_mentor_in_two_programmes_sees_both_and_not_more(
    everybody, signe, programme, yusuf, torben
):
    Membership.objects.create(
        programme=programme, user=signe, role=Role.MENTOR, starts_on=date(2025, 1, 1)
    )
    assert seen(signe) == {"Sofus Bang"}
    yusuf.match(signe, on=today(), by=torben)
    assert seen(signe) == {"Sofus Bang", "Yusuf Hamdan"}


def test_attendances_follow_the_same_rule(yusuf, bilal, mette, rashid):
    log(yusuf, mette)
    log(bilal, rashid)
    assert [row.mentee for row in Attendance.objects.visible_to(mette)] == [yusuf]


@pytest.fixture
def rashid_stands_in(programme, mette, rashid, torben):
    """Rashid stands in for Mette from yesterday to tomorrow."""
    day = timedelta(days=1)
    return Substitution.objects.create(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=today() - day,
        ends_on=today() + day,
        recorded_by=torben,
    )


def test_a_substitute_sees_the_mentors_young_people_between_the_two_dates(
    everybody, rashid_stands_in, mette, rashid
):
    for days, names in [(-2, False), (-1, True), (0, True), (1, True), (2, False)]:
        assert ("Yusuf Hamdan" in seen(rashid, on=today() + timedelta(days=days))) is names
    assert seen(mette) == {"Yusuf Hamdan"}  # and the mentor still sees them


def test_a_withdrawn_substitution_ends_at_once(everybody, rashid_stands_in, rashid, torben):
    rashid_stands_in.withdraw(by=torben, reason="Mette kom tilbage")
    assert seen(rashid) == {"Bilal Karim"}


def test_a_substitute_does_not_follow_a_young_person_to_the_next_mentor(
    everybody, rashid_stands_in, rashid, torben, yusuf
):
    yusuf.match(torben, on=today(), by=torben)
    assert seen(rashid) == {"Bilal Karim"}


def test_a_substitute_sees_nothing_of_the_mentors_other_programme(
    everybody, rashid_stands_in, rashid, mette, other_programme, sofus, signe
):
    Membership.objects.create(
        programme=other_programme, user=mette, role=Role.MENTOR, starts_on=date(2025, 1, 1)
    )
    Membership.objects.create(
        programme=other_programme, user=rashid, role=Role.MENTOR, starts_on=date(2025, 1, 1)
    )
    sofus.match(mette, on=today(), by=signe)
    assert "Sofus Bang" in seen(mette)
    assert "Sofus Bang" not in seen(rashid)


def test_standing_in_needs_the_role_of_mentor(everybody, rashid_stands_in, rashid):
    become(rashid, Role.COMMITTEE)
    assert seen(rashid) == set()


def test_a_user_who_cannot_sign_in_sees_nobody(everybody, mette, torben, rashid_stands_in, rashid):
    for user in (mette, torben, rashid):
        user.is_active = False
        user.save()
        assert seen(user) == set()
        asked = {"user": user.pk, "on": today(), "programme": rashid_stands_in.programme_id}
        assert not list(questions.visible_people(**asked))


def test_the_substitute_of_a_mentor_who_cannot_sign_in_still_sees(
    everybody, rashid_stands_in, mette, rashid
):
    mette.is_active = False
    mette.save()
    assert seen(rashid) == {"Yusuf Hamdan", "Bilal Karim"}


def can_see(user, mentee, on):
    """The rule again, row by row: "whole", "substitute" or ""."""
    if not user.is_active:
        return ""
    roles = {
        row.role
        for row in user.memberships.filter(programme=mentee.programme)
        if row.starts_on <= on and not row.is_over(on)
    }
    if Role.COORDINATOR in roles:
        return "whole"
    known = [m for m in mentee.match_set.all() if not m.withdrawn_at and m.effective_on <= on]
    mentor = (
        max(known, key=lambda m: (m.effective_on, m.recorded_at, m.pk)).mentor if known else None
    )
    if Role.MENTOR not in roles or mentor is None:
        return ""
    if mentor == user:
        return "whole"
    stands_in = any(
        row.mentor == mentor
        and row.programme == mentee.programme
        and not row.withdrawn_at
        and row.starts_on <= on <= row.ends_on
        for row in user.substitutions.all()
    )
    return "substitute" if stands_in else ""


@pytest.mark.parametrize("seed", range(4))
def test_everybody_sees_what_the_rule_says_row_by_row(
    seed, programme, other_programme, enrol, mette, rashid, torben, kirsten, signe
):
    chance = random.Random(seed)  # noqa: S311
    users = [mette, rashid, torben, kirsten, signe]
    first = today() - timedelta(days=60)

    def a_day():
        return first + timedelta(days=chance.randrange(70))

    for user in users:
        for _ in range(2):
            day = a_day()
            Membership.objects.create(
                programme=chance.choice([programme, other_programme]),
                user=user,
                role=chance.choice([Role.MENTOR, Role.MENTOR, Role.COORDINATOR, Role.OPERATOR]),
                starts_on=day,
                ends_on=day + timedelta(days=chance.randrange(60)),
            )
    mentees = [enrol(f"Ung {number}", on=first) for number in range(8)]
    for mentee in mentees:
        for _ in range(3):
            match = mentee.match(chance.choice([None, *users]), on=a_day(), by=torben)
            if chance.random() < 0.2:
                match.withdraw(by=torben, reason="Forkert")
    for _ in range(30):
        mentor, substitute = chance.sample(users, 2)
        day = a_day()
        row = Substitution.objects.create(
            programme=chance.choice([programme, programme, other_programme]),
            mentor=mentor,
            substitute=substitute,
            starts_on=day,
            ends_on=day + timedelta(days=chance.randrange(30)),
            recorded_by=torben,
        )
        if chance.random() < 0.2:
            row.withdraw(by=torben, reason="Forkert")
    inactive = chance.choice(users)
    inactive.is_active = False
    inactive.save()

    found = set()
    for user in users:
        for days in range(0, 70, 7):
            on = first + timedelta(days=days)
            rule = {mentee.pk: can_see(user, mentee, on) for mentee in mentees}
            found |= set(rule.values())
            visible = Mentee.objects.visible_to(user, on).with_substitution(user, on)
            answer = {m.pk: "substitute" if m.substituting_since else "whole" for m in visible}
            assert answer == {pk: sight for pk, sight in rule.items() if sight}
    assert found == {"", "whole", "substitute"}
