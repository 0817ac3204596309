from django.core.exceptions import ValidationError

from cases.models import AttendanceOutcome, Gender, MeetingFormat, Membership, Mentee, Role, Status
from web.danish import simplify

from .cells import parse_line, parse_list
from .layout import NO_AREA, NO_MENTOR


class Vocabulary:
    """Words for codes, model instances or NOBODY."""

    def __init__(self, sentence, *, exact=False):
        """`sentence`: the error for other words. `exact`: only case may differ."""
        self.sentence, self.exact = sentence, exact
        self._exact_words, self._simplified = {}, {}

    def add(self, meaning, *words):
        for word in filter(None, words):
            self._exact_words.setdefault(word.casefold(), meaning)
            self._simplified.setdefault(simplify(word), []).append(meaning)
        return self

    def meaning(self, word):
        """Raise ValidationError for unknown and ambiguous words."""
        if word.casefold() in self._exact_words:
            return self._exact_words[word.casefold()]
        simplified = "" if self.exact else simplify(word)
        meanings = self._simplified.get(simplified, []) if simplified else []
        if not meanings or any(meaning != meanings[0] for meaning in meanings):
            raise ValidationError(self.sentence)
        return meanings[0]

    def parse(self, cell):
        word = parse_line(cell)
        return self.meaning(word) if word else None

    def parse_several(self, cell):
        """Words with semicolons between; a known word may contain one."""
        whole = parse_line(cell)
        if whole.casefold() in self._exact_words:
            return [self.meaning(whole)]
        return [self.meaning(word) for word in parse_list(cell)]

    @classmethod
    def of_choices(cls, choices, sentence, **synonyms):
        """`synonyms` {code: words}."""
        vocabulary = cls(sentence)
        for choice in choices:
            vocabulary.add(choice, choice.value, choice.label)
        for code, words in synonyms.items():
            vocabulary.add(choices(code), *words)
        return vocabulary


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

NOBODY = "nobody"  # no area, no mentor


def none_if_nobody(value):
    return None if value == NOBODY else value


class ProgrammeVocabulary:
    """`mentors` and `holders` (of meetings) are e-mails, also of former members."""

    def __init__(self, programme):
        self.areas = area_vocabulary(programme)
        # Exact: a fuzzy match would give the wrong user access.
        self.mentors = Vocabulary("Ingen mentor i indsatsen har den e-mail.", exact=True)
        self.mentors.add(NOBODY, NO_MENTOR, "ingen", "ingen endnu")
        for user in Membership.objects.users(programme, Role.MENTOR):
            self.mentors.add(user, user.email)
        self.holders = Vocabulary(
            "Ingen mentor eller tovholder i indsatsen har den e-mail.", exact=True
        )
        for user in Membership.objects.users(programme, Role.MENTOR, Role.COORDINATOR):
            self.holders.add(user, user.email)
        self.partners = Vocabulary("Samarbejdspartneren findes ikke i indsatsen.")
        for partner in programme.partners.all():
            self.partners.add(partner, partner.name)
        self.topics = Vocabulary("Emnet findes ikke i indsatsen.")
        for topic in programme.topics.all():
            self.topics.add(topic, topic.name)


def area_vocabulary(programme):
    """Names take precedence over aliases."""
    vocabulary = Vocabulary(
        f"Boligområdet findes ikke i indsatsen. Skriv et af dens områder, eller “{NO_AREA}”."
    )
    areas = list(programme.areas.all())
    for area in areas:
        vocabulary.add(area, area.name)
    for area in areas:
        vocabulary.add(area, *(str(alias) for alias in area.aliases))
    return vocabulary.add(NOBODY, NO_AREA, "uden for", "udenfor", "ingen")
