"""Three programmes in which each person, meeting, draft and report has a word of its own.

The word stands in everything written about it, so an answer that holds the word holds something
of it, whatever it is.
"""

import random
from collections import namedtuple
from datetime import timedelta
from uuid import uuid4

from accounts.models import User
from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    Expectation,
    FieldChange,
    Gender,
    GoalDefinition,
    HousingArea,
    KeyFigure,
    Meeting,
    Membership,
    Mentee,
    Partner,
    PartnerContact,
    Pause,
    Programme,
    Role,
    Status,
    Strike,
    Substitution,
    Topic,
)
from cases.tests.builders import a_coming_goal, a_transfer, an_old_goal, end_roles
from conftest import at
from imports.models import ImportRun
from reporting.issue import Edition
from reporting.issuing import issue, propose
from reporting.models import Decision, ReportDraft, ReportWithdrawal, SingleIssuerProposal
from setup.models import FactorReset
from setup.tests.builders import an_invitation
from web.dates import today

STARTED, ENROLLED = 400, 90  # days ago
PASSWORD = "en lang adgangskode"

Secret = namedtuple("Secret", "kind key")


def days_ago(days):
    return today() - timedelta(days=days)


class World:
    """`secrets`: {word: Secret}, whose `kind` is the model's name."""

    def __init__(self):
        self.random = random.Random(7)  # noqa: S311
        self.secrets, self.users = {}, {}
        self.nord, self.syd, self.vest = map(self.programme, ("nord", "syd", "vest"))
        self.staff()
        self.people()
        self.substitutions()
        self.reports()
        self.setting_up()

    # Words

    def word(self):
        """Return a word that no page has by chance."""
        syllables = (self.random.choice("bdfgkpvz") + self.random.choice("aiouy") for _ in "1234")
        word = "".join(syllables) + "xq"
        return word if word not in self.secrets else self.word()

    def hide(self, word, row):
        self.secrets[word] = Secret(type(row).__name__, row.pk)

    # Programmes and their users

    def programme(self, slug):
        programme = Programme.objects.create(
            name=f"Indsats {slug}", slug=slug, starts_on=days_ago(STARTED), sender="Sekretariatet"
        )
        HousingArea.objects.create(programme=programme, name="Parken")
        Topic.objects.create(programme=programme, name="Job")
        Partner.objects.create(programme=programme, name="UUV")
        return programme

    def user(self, key, *roles):
        """`roles`: (programme, role)."""
        word = self.word()
        email = f"{word}@staff.example"
        user = User.objects.create_user(email, PASSWORD, name=f"{word.capitalize()} {key}")
        for programme, role in roles:
            Membership.objects.create(
                programme=programme, user=user, role=role, starts_on=days_ago(STARTED)
            )
        self.hide(word, user)
        self.users[key] = user

    def staff(self):
        nord, syd, vest = self.nord, self.syd, self.vest
        for key in ("mentor", "second", "substitute", "former", "left", "ended", "deactivated"):
            self.user(key, (nord, Role.MENTOR))
        self.user("coordinator-nord", (nord, Role.COORDINATOR))
        self.user("committee-nord", (nord, Role.COMMITTEE))
        self.user("follow-group-nord", (nord, Role.FOLLOW_GROUP))
        self.user("operator-nord", (nord, Role.OPERATOR))
        self.user("mentor-syd", (syd, Role.MENTOR))
        self.user("mentor-vest", (vest, Role.MENTOR))
        self.user("two-roles", (nord, Role.MENTOR), (syd, Role.COORDINATOR))
        self.user("outsider")

    def leave(self):
        """End what ends while the users are signed in; "ended" signs in again afterwards."""
        for key in ("left", "ended"):
            end_roles(self.users[key].memberships.all())
        User.objects.filter(pk=self.users["deactivated"].pk).update(is_active=False)

    # The young people

    def people(self):
        """A mentee of each mentor, and those whose mentor was, or will be, somebody else."""
        users, nord, syd, vest = self.users, self.nord, self.syd, self.vest
        own = {
            key: self.mentee(nord, users[key])
            for key in ("mentor", "second", "substitute", "left", "ended", "deactivated")
        }
        own["two-roles"] = self.mentee(nord, users["two-roles"])
        unmatched = self.mentee(nord, None)
        passed_on = self.mentee(nord, users["former"])
        passed_on.match(users["mentor"], on=days_ago(20), by=users["coordinator-nord"])
        left_alone = self.mentee(nord, users["former"])
        left_alone.match(None, on=days_ago(1), by=users["coordinator-nord"])
        # Theirs tomorrow, and theirs by mistake.
        tomorrow = today() + timedelta(days=1)
        own["second"].match(users["mentor"], on=tomorrow, by=users["coordinator-nord"])
        mistake = unmatched.match(users["former"], on=days_ago(5), by=users["coordinator-nord"])
        mistake.withdraw(by=users["coordinator-nord"], reason="Forkert ung")
        south = [self.mentee(syd, users["mentor-syd"]), self.mentee(syd, None)]
        self.mentee(vest, users["mentor-vest"])
        self.meeting(users["mentor"], own["mentor"], own["second"], passed_on)
        self.meeting(users["second"], own["second"], own["substitute"], unmatched)
        self.meeting(users["two-roles"], *south)
        for mentee in (own["mentor"], south[0]):
            by = mentee.recorded_by
            wrong = self.meeting(by, mentee, on=days_ago(12))
            wrong.withdraw(by=by, reason=f"Ikke {mentee.given_name}")
            kept = self.agreement(mentee, by, f"Ringe til {mentee.given_name}")
            kept.close(Agreement.Outcome.KEPT, on=today(), by=by)
            Strike.objects.create(
                mentee=mentee,
                kind=Strike.Kind.MEETING,
                row=wrong.pk,
                reason=f"Handler om {mentee.given_name}",
                recorded_by=by,
            )

    def mentee(self, programme, mentor):
        """Somebody with every kind of row, most of them with the word in it."""
        word = self.word()
        name = word.capitalize()
        by = mentor or self.users["two-roles"]
        start = days_ago(ENROLLED)
        mentee = Mentee(
            programme=programme,
            name=f"{name}a {name}sen",
            born_on=start.replace(year=start.year - 18, day=1),
            gender=Gender.MALE,
            enrolled_on=start,
            phone=str(self.random.randrange(30_000_000, 60_000_000)),
            email=f"{word}@young.example",
            own_goal=f"Jeg vil {word}",
            own_goal_on=start,
            at_risk_of_crime=True,
        )
        Mentee.objects.enrol(
            mentee,
            status=Status.SCHOOL,
            by=by,
            detail=f"{word} klasse",
            area=programme.areas.first(),
            mentor=mentor,
            at=at(start),
        )
        self.hide(word, mentee)
        self.hide(mentee.phone, mentee)
        mentee.change_status(Status.WORK, on=days_ago(9), by=by, detail=f"job {word}").withdraw(
            by=by, reason=f"{word} kom ikke"
        )
        mentee.pause(Pause.Reason.OTHER, on=days_ago(60), by=by)
        FieldChange.objects.record(
            programme, {"email": ("", f"{word}@before.example")}, by=by, mentee=mentee
        )
        self.agreement(mentee, by, f"Begynde hos {word}", kind=Agreement.Kind.JOB)
        Appointment(mentee=mentee, on=today() + timedelta(days=3), place=f"ved {word}").make(by=by)
        self.meeting(by, mentee, on=days_ago(2), replaces=self.meeting(by, mentee, on=days_ago(4)))
        self.old_meeting(by, mentee)
        return mentee

    def agreement(self, mentee, by, what, **facts):
        due = days_ago(1)
        return Agreement(mentee=mentee, what=what, agreed_on=days_ago(8), due_on=due, **facts).make(
            by=by
        )

    def meeting(self, by, *mentees, on=None, replaces=None):
        word = self.word()
        meeting = Meeting(
            programme=mentees[0].programme,
            held_on=on or days_ago(6),
            place=f"Sal {word}",
            minutes=30,
            held_by=by,
            submit_key=uuid4(),
            replaces=replaces,
        )
        rows = [
            (Attendance(mentee=mentee, note=f"{mentee.given_name} fortalte"), [])
            for mentee in mentees
        ]
        meeting.record(rows, by=by)
        self.hide(word, meeting)
        return meeting

    def old_meeting(self, by, mentee):
        """One that is older than what a substitute reads."""
        word = self.word()
        meeting = Meeting(
            programme=mentee.programme,
            held_on=days_ago(ENROLLED - 5),
            held_by=by,
            submit_key=uuid4(),
        )
        meeting.record([(Attendance(mentee=mentee, note=f"Dengang {word}"), [])], by=by)
        self.secrets[word] = Secret("OldNote", mentee.pk)

    def substitutions(self):
        """One that runs, and three that do not: over, not begun, taken back."""
        users = self.users
        self.substitution(users["second"], users["substitute"], -2, 2)
        self.substitution(users["mentor"], users["substitute"], -9, -1)
        self.substitution(users["mentor"], users["second"], 1, 9)
        taken_back = self.substitution(users["mentor"], users["former"], -2, 2)
        taken_back.withdraw(by=users["coordinator-nord"], reason="Alligevel ikke")

    def substitution(self, mentor, substitute, first, last):
        substitution = Substitution(
            programme=self.nord,
            mentor=mentor,
            substitute=substitute,
            starts_on=days_ago(-first),
            ends_on=days_ago(-last),
            recorded_by=self.users["coordinator-nord"],
        )
        substitution.save()
        return substitution

    # Reports

    def reports(self):
        """Of each edition and each receiver one that is issued; two drafts."""
        nord, syd = self.nord, self.syd
        full = self.issue(nord, 40, to_committee=True, to_follow_group=False)
        self.issue(nord, 30, edition=Edition.OPEN, to_committee=False, to_follow_group=True)
        self.issue(syd, 40, to_committee=True, to_follow_group=True)
        self.draft(nord, 40, corrects=full, change="En fejl")
        self.draft(syd, 20)
        by, word = self.users["coordinator-nord"], self.word()
        withdrawal = ReportWithdrawal.objects.create(
            report=full, reason=f"Nævner {word}", recorded_by=by
        )
        self.hide(word, withdrawal)
        SingleIssuerProposal.objects.create(programme=nord, recorded_by=by)
        ImportRun.objects.create(programme=nord, by=by, is_trial=True, keep_reach=False)

    def draft(self, programme, days, **facts):
        word = self.word()
        writer = self.users["coordinator-nord" if programme == self.nord else "two-roles"]
        draft = ReportDraft.objects.create(
            programme=programme,
            on=days_ago(days),
            assessment=f"Vurderet {word}",
            written_by=writer,
            **facts,
        )
        self.hide(word, draft)
        return draft

    def issue(self, programme, days, **facts):
        draft = self.draft(programme, days, **facts)
        word = list(self.secrets)[-1]
        by = draft.written_by
        report = issue(draft, by=by, fingerprint=propose(draft).fingerprint, ticked=True)
        Decision.objects.create(
            report=report, decided_on=today(), text=f"Besluttet {word}", recorded_by=by
        )
        self.hide(word, report)
        return report

    # Setting up

    def setting_up(self):
        """Somebody who goes on elsewhere; contact persons, invitations and what was decided."""
        nord, syd, vest = self.nord, self.syd, self.vest
        mentee = self.mentee(nord, self.users["former"])
        transfer = a_transfer(mentee, syd, self.users["two-roles"])
        for word in (mentee.given_name.lower()[:-1], mentee.phone):  # both rows have them
            self.hide(word, transfer)
        by = {nord: self.users["coordinator-nord"], syd: self.users["two-roles"]}
        for programme in (nord, syd, vest):
            coordinator = by.get(programme, self.users["outsider"])
            self.contact(programme, coordinator)
            self.invitation(programme, coordinator)
            self.goal(programme, coordinator)
            a_coming_goal(programme, coordinator)
            an_old_goal(programme, coordinator, Expectation, oldest=29)
            KeyFigure.objects.create(programme=programme, what="Beboere", value="5", source="2014")
            lost = FactorReset(programme=programme, user=self.users["mentor"])
            lost.recorded_by = coordinator
            lost.save()

    def contact(self, programme, by):
        word = self.word()
        contact = PartnerContact.objects.create(
            partner=programme.partners.first(),
            name=f"{word.capitalize()} Kontakt",
            phone=str(self.random.randrange(30_000_000, 60_000_000)),
            email=f"{word}@partner.example",
            recorded_by=by,
        )
        self.hide(word, contact)
        self.hide(contact.phone, contact)

    def invitation(self, programme, by):
        word = self.word()
        email = f"{word}@invited.example"
        invitation, _ = an_invitation(programme, by, email, name=f"{word.capitalize()} Ny")
        self.hide(word, invitation)

    def goal(self, programme, by):
        """One that holds already, with who decided it, and one that waits for a second person."""
        for decided_on, goal in ((today(), 27), (days_ago(9), 26)):
            word = self.word()
            goal = GoalDefinition(
                programme=programme,
                goal=goal,
                effective_on=decided_on,
                decided_by=f"Udvalget {word}",
                note=f"Fordi {word}",
            )
            goal.record(by=by)
            self.hide(word, goal)
