"""What a programme has and lacks: the last step, and the top of Overblik.

Kept at the programme's version (decision 028).
"""

from typing import NamedTuple

from cases.definitions import definitions_of
from cases.models import Membership, Role
from reporting.sentences import counted
from setup import steps
from setup.models import Invitation
from web.danish import listed
from web.dates import long_date, today
from web.versioned_cache import VersionedCache

CHECKLISTS = VersionedCache(50)


class Check(NamedTuple):
    step: steps.Step
    sentence: str
    done: bool = True
    comes_first: bool = False  # before the programme opens
    can_wait: bool = False  # nothing is wrong without it


def checklist(programme):
    """Of the six steps before the last, in order."""

    def build():
        checks = name, areas, goal, people, partners, privacy
        return tuple(check(programme) for check in checks)

    version = programme.version, today()  # a role may begin or end with the day
    return CHECKLISTS.read_one(programme.pk, version, build)


def missing(programme):
    """Still to be done; none once the programme has ended."""
    if programme.has_ended(today()):
        return []
    return [check for check in checklist(programme) if not check.done]


def name(programme):
    days = f"fra {long_date(programme.starts_on)}"
    if programme.ends_on:
        days += f" til {long_date(programme.ends_on)}"
    return Check(steps.NAME, f"{programme.name}, {days}")


def areas(programme):
    count = programme.areas.filter(in_use=True).count()
    if not count:
        return Check(steps.AREAS, "Der er ingen boligområder.", done=False, comes_first=True)
    return Check(steps.AREAS, counted(count, "område", "områder"))


def goal(programme):
    """The goal a programme begins with is nobody's decision until somebody saves it, or opens."""
    definitions = definitions_of(programme)
    is_decided = programme.set_up_at or any(row.recorded_by_id for row in definitions.goals)
    if not is_decided:
        sentence = "Se på målet, og gem det, også hvis det er 30 af 40."
        return Check(steps.GOAL, sentence, done=False, comes_first=True)
    decided = definitions.goal(max(today(), programme.starts_on))
    return Check(steps.GOAL, f"{decided.goal} af {decided.target}")


def people(programme):
    """A role that runs, or an invitation that is open, counts as somebody."""
    roles = Membership.objects.running(today()).filter(programme=programme)
    invitations = list(Invitation.objects.open().filter(programme=programme))
    invited = [invitation.role for invitation in invitations]
    held = list(roles.filter(user__is_active=True).values_list("role", flat=True))
    if Role.COORDINATOR not in held + invited:
        return Check(steps.PEOPLE, "Invitér en tovholder.", done=False, comes_first=True)
    unsent = sum(invitation.sent_at is None for invitation in invitations)
    if unsent:
        mails = "Én mail er" if unsent == 1 else f"{unsent} mails er"
        return Check(steps.PEOPLE, f"{mails} ikke nået frem.", done=False)
    if Role.MENTOR not in held + invited:
        sentence = "Ingen mentor er inviteret. Det kan vente."
        return Check(steps.PEOPLE, sentence, done=False, can_wait=True)
    waiting = f", {len(invited)} inviteret" if invited else ""
    return Check(steps.PEOPLE, f"{len(held)} med en rolle{waiting}")


def partners(programme):
    count = programme.partners.filter(in_use=True).count()
    if not count:
        sentence = "Ingen samarbejdspartner er skrevet. Det kan vente."
        return Check(steps.PARTNERS, sentence, done=False, can_wait=True)
    return Check(steps.PARTNERS, counted(count, "samarbejdspartner", "samarbejdspartnere"))


def privacy(programme):
    """GDPR art. 13: the letter names the controller and the data protection officer."""
    fields = {
        "den dataansvarlige": programme.data_controller,
        "databeskyttelsesrådgiveren": programme.dpo_contact,
        "hvor længe oplysningerne gemmes": programme.retention,
    }
    lacks = [words for words, value in fields.items() if not value]
    if lacks:
        sentence = f"Skriv {listed(lacks)}. Det skal stå i brevet, før den første unge indskrives."
        return Check(steps.PRIVACY, sentence, done=False)
    return Check(steps.PRIVACY, programme.data_controller)
