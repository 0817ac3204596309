"""The words that cells may hold: the same in every programme, or a programme's own areas, mentors and topics."""

from cases.models import AttendanceOutcome, Gender, MeetingFormat, Membership, Mentee, Role, Status

from .cells import Vocabulary
from .layout import NO_AREA, NO_MENTOR

GENDERS = Vocabulary.of_choices(
    Gender,
    "Skriv dreng, pige eller andet.",
    male=["mand", "m"],
    female=["kvinde", "k"],
    other=["a"],
)
STATUS = Vocabulary.of_choices(
    Status,
    "Vælg en af de ni statusser.",
    agreement=["aftale", Status.AGREEMENT.short],
    clarification=["afklaring"],
)
FORMS = Vocabulary.of_choices(
    MeetingFormat,
    f"Skriv en af: {', '.join(MeetingFormat.labels)}.",
    area=["boligområdet"],
    accompanied=["ledsaget"],
    message=["sms"],
)
OUTCOMES = Vocabulary.of_choices(
    AttendanceOutcome,
    f"Skriv en af: {', '.join(AttendanceOutcome.labels)}.",
    met=["mødt", "holdt"],
    no_show=["mødte ikke"],
)
CRITERIA = Vocabulary(
    f"Skriv en eller flere af: {', '.join(label for _, label in Mentee.CRITERIA)}."
)
for name, label in Mentee.CRITERIA:
    CRITERIA.add(name, name, label)
CRITERIA.add("dropped_out_lately", "har afbrudt en uddannelse", "afbrudt uddannelse", "afbrudt")
CRITERIA.add("on_public_support", "offentlig forsørgelse")

NOBODY = "nobody"  # said, and not left open: no area, no mentor


def unless_nobody(value):
    return None if value == NOBODY else value


class ProgrammeVocabulary:
    """The words of one programme: `areas`, `mentors` (e-mails of its mentors, now or once), `holders` (of those who may
    have held a meeting: its coordinators too), `partners` and `topics`. Five queries.
    """

    def __init__(self, programme):
        self.areas = Vocabulary(
            f"Boligområdet findes ikke i indsatsen. Skriv et af dens områder, eller “{NO_AREA}”."
        )
        areas = list(programme.areas.all())
        for area in areas:
            self.areas.add(area, area.name)
        for area in areas:
            self.areas.add(area, *(str(alias) for alias in area.aliases))
        self.areas.add(NOBODY, NO_AREA, "uden for", "udenfor", "ingen")
        # An e-mail that is nearly somebody's is not his: he would see a young person who is not his either.
        self.mentors = Vocabulary("Ingen mentor i indsatsen har den e-mail.", loosely=False)
        self.mentors.add(NOBODY, NO_MENTOR, "ingen", "ingen endnu")
        self.holders = Vocabulary(
            "Ingen mentor eller tovholder i indsatsen har den e-mail.", loosely=False
        )
        for user in Membership.objects.users(programme, Role.MENTOR):
            self.mentors.add(user, user.email)
        for user in Membership.objects.users(programme, Role.MENTOR, Role.COORDINATOR):
            self.holders.add(user, user.email)
        self.partners = Vocabulary("Samarbejdspartneren findes ikke i indsatsen.")
        for partner in programme.partners.all():
            self.partners.add(partner, partner.name)
        self.topics = Vocabulary("Emnet findes ikke i indsatsen.")
        for topic in programme.topics.all():
            self.topics.add(topic, topic.name)
