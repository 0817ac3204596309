"""Names of the programme's young people in texts that leave: reports and decisions.

Two parts of a person's name, in either order, are one. A given name alone may be a mentor's.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from cases.models import Membership, Mentee, Role
from web.danish import fold, listed

# Danish words that are given names too: written small, they are the word.
WORDS = frozenset({
    "an", "april", "ask", "august", "bo", "bror", "dag", "dan", "den", "din", "do", "en", "falk",
    "fin", "gro", "han", "hans", "jan", "juli", "juni", "kaj", "kim", "la", "lis", "liv", "lykke",
    "maj", "man", "mark", "may", "min", "my", "per", "pil", "ravn", "said", "sand", "se", "sin",
    "so", "sol", "sten", "stig", "storm", "tage", "tilde", "to", "ulv", "van", "vilde", "vinter",
})  # fmt: skip
# Belong to the part after them: "Ali El Sayed" has two parts.
PARTICLES = frozenset({
    "af", "al", "da", "de", "del", "den", "der", "di", "du", "el", "la", "le", "van", "von",
})  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:['’‘´`][^\W\d_]+)*")
# What may stand between two parts of a name; a full stop and a space end a sentence.
CLOSE = re.compile(r"(?:[^\w.!?;:]|[._](?!\s))*")
BETWEEN = 2  # names that the register may lack: "Ali Mohammed Al-Sayed"
SHORTEST = 3  # of a part of a double name that stands for it: "Emil" of "Karl-Emil", not "Al"
# Letters that are spelt in more than one way: Östergård, Oestergaard.
ALIKE = (("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


class Word(NamedTuple):
    key: str
    text: str
    start: int
    end: int

    @property
    def is_capitalised(self):
        return self.text[0].isupper()

    @property
    def is_plain(self):
        return self.key in WORDS and not self.is_capitalised


class Part(NamedTuple):
    """Found in a text as the words `first` to `last`."""

    person: str
    index: int
    first: int
    last: int


@dataclass(frozen=True)
class Found:
    """`named`: whose name stands in the text. `perhaps`: words that may be a name."""

    named: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameCheck:
    """Build it once for all texts.

    `staff`: names that are a user's as well are asked about and do not block.
    """

    people: "NameIndex"
    staff: "NameIndex"

    @classmethod
    def of(cls, people, staff=()):
        return cls(NameIndex.of(people), NameIndex.of(staff))

    def read(self, text):
        text = cleaned(text)
        words = words_of(text)
        named = self.people.names_in(text, words)
        colleagues = {span for span, _ in self.staff.names_in(text, words)} if named else set()
        sure = [(span, person) for span, person in named if span not in colleagues]
        perhaps = [written(words, span) for span, _ in named if span in colleagues]
        told = {n for (first, last), _ in sure for n in range(first, last + 1)}
        perhaps += [words[n].text for n in self.people.given_names_in(words) if n not in told]
        people = (person for _, person in sure)
        return Found(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(perhaps)))


@dataclass(frozen=True)
class NameIndex:
    """By the first word of each part of a name."""

    parts: dict  # {word: [(words, name, index of the part)]}
    initials: dict  # {name: (first letter of each part)}
    given: frozenset

    @classmethod
    def of(cls, names):
        parts, initials, given = defaultdict(set), {}, set()
        for name in names:
            found = parts_of(name)
            initials[name] = tuple(forms[0][0][0] for forms in found)
            for index, forms in enumerate(found):
                for form in forms:
                    parts[form[0]].add((form, name, index))
            if found:
                given |= {form[0] for form in found[0] if len(form) == 1}
        return cls(dict(parts), initials, frozenset(given))

    def names_in(self, text, words):
        """[((first word, last word), name)]"""
        found = []
        for part in self.parts_in(text, words):
            found += self.with_initial(text, words, part)
            found += [
                ((part.first, other.last), part.person)
                for start in starts_after(text, words, part.last)
                for other in self.parts_at(text, words, start)
                if other.person == part.person
                and other.index != part.index
                and not all(words[n].is_plain for n in (part.first, start))
            ]
        return found

    def parts_in(self, text, words):
        for start in range(len(words)):
            yield from self.parts_at(text, words, start)

    def parts_at(self, text, words, start):
        for key in without_ending(words[start].key):
            for form, person, index in self.parts.get(key, ()):
                last = start + len(form) - 1
                if is_form(form, text, words, start):
                    yield Part(person, index, start, last)

    def with_initial(self, text, words, part):
        """Yield a name of the part and the initial of another: "Nikolaj H.", "N. Holm"."""
        others = {
            letter for index, letter in enumerate(self.initials[part.person]) if index != part.index
        }
        for start in starts_after(text, words, part.last):
            if is_initial(text, words[start]) and words[start].key in others:
                yield (part.first, start), part.person
        for start in starts_before(text, words, part.first):
            if is_initial(text, words[start]) and words[start].key in others:
                yield (start, part.last), part.person

    def given_names_in(self, words):
        return [
            n
            for n, word in enumerate(words)
            if not word.is_plain and not self.given.isdisjoint(without_ending(word.key))
        ]


def parts_of(name):
    """The given name comes first; each part is a list of its spellings in words.

    "Al-Sayed, Ali": [[("ali",)], [("al", "sayed"), ("alsayed",), ("sayed",)]]
    """
    name = cleaned(name)
    family, comma, given = name.partition(",")
    units = []
    for written in (f"{given} {family}" if comma else name).split():
        words = [key for match in WORD.finditer(written) if (key := key_of(match.group()))]
        if words and len(units) > 1 and units[-1][-1] in PARTICLES:
            units[-1] += words
        elif words:
            units.append(words)
    return [spellings(words) for words in units]


def spellings(words):
    if len(words) == 1:
        return [tuple(words)]
    alone = [(word,) for word in words if len(word) >= SHORTEST and word not in PARTICLES]
    return [tuple(words), (simplified("".join(words)),), *alone]


def is_form(form, text, words, start):
    """The last word may have an ending."""
    last = start + len(form) - 1
    if last >= len(words) or form[-1] not in without_ending(words[last].key):
        return False
    keys = tuple(word.key for word in words[start:last])
    return keys == form[:-1] and all(is_close(text, words, n) for n in range(start, last))


def starts_after(text, words, last):
    """Where the next part may begin, after the word `last`."""
    for start in range(last + 1, min(last + 2 + BETWEEN, len(words))):
        if not is_close(text, words, start - 1):
            return
        yield start
        if not may_stand_between(words[start]):
            return


def starts_before(text, words, first):
    """What may belong to the same name, the nearest first."""
    for start in range(first - 1, max(first - 2 - BETWEEN, -1), -1):
        if not is_close(text, words, start):
            return
        yield start
        if not may_stand_between(words[start]):
            return


def may_stand_between(word):
    return word.is_capitalised or word.key in PARTICLES


def is_close(text, words, n):
    """Whether the word after `n` may belong to the same name."""
    end, start = words[n].end, words[n + 1].start
    if len(words[n].text) == 1 and text[end : end + 1] == ".":
        end += 1  # of an initial
    return CLOSE.fullmatch(text, end, start) is not None


def is_initial(text, word):
    """A capital letter; "I" and "Å" are words, unless a full stop follows."""
    if len(word.text) != 1 or not word.is_capitalised:
        return False
    return word.text not in "IÅ" or text[word.end : word.end + 1] == "."


def written(words, span):
    return " ".join(word.text for word in words[span[0] : span[1] + 1])


def cleaned(text):
    """Without invisible characters, such as a soft hyphen pasted from Word."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def words_of(text):
    return [
        Word(key_of(match.group()), match.group(), match.start(), match.end())
        for match in WORD.finditer(text)
    ]


def key_of(word):
    """The same for all ways to write letters and apostrophes."""
    return simplified("".join(c for c in fold(word) if c.isalpha()))


def simplified(folded):
    for letters, letter in ALIKE:
        folded = folded.replace(letters, letter)
    return folded


def without_ending(key):
    """The s may be that of a genitive."""
    return (key, key[:-1]) if key.endswith("s") and len(key) > 1 else (key,)


def names_in_texts(programme, texts):
    """{heading: Found} of {heading: text}, without texts in which nothing is found.

    Everybody of the programme counts, whoever asks: a name is told only to who has written it.
    """
    people = Mentee.objects.filter(programme=programme).values_list("name", flat=True)
    staff = Membership.objects.users(programme, *Role).values_list("name", flat=True)
    check = NameCheck.of(people, staff)
    found = {heading: check.read(text) for heading, text in texts.items() if text}
    return {heading: each for heading, each in found.items() if each != Found()}


def who_is_named(found):
    named = [f"{heading} nævner {each.named[0]}" for heading, each in found.items() if each.named]
    return f"{listed(named)}. Skriv det om uden navn" if named else ""


def who_may_be_named(found):
    """{word: 'Økonomi har “Mads”, og det hedder en ung også'} of what to ask about."""
    headings = defaultdict(list)
    for heading, each in found.items():
        for word in each.perhaps:
            headings[word].append(heading)
    return {
        word: f"{listed(texts)} har “{word}”, og det hedder en ung også"
        for word, texts in headings.items()
    }
