from typing import NamedTuple

from cases import questions
from cases.area_history import area_history
from web.versioned_cache import VersionedCache

NAMES, TOPICS = VersionedCache(50), VersionedCache(50)


class ProgrammeNames(NamedTuple):
    areas: dict  # {key: name} of the housing areas, in their order
    mentors: dict  # {user's key: name}, former mentors too, by name


def names_of(programme):
    """Two queries, none while the programme's version is the same."""

    def build():
        areas = {area.pk: area.name for area in area_history(programme).areas}
        return ProgrammeNames(areas, dict(questions.mentor_names(programme=programme.pk)))

    return NAMES.read_one(programme.pk, programme.version, build)


def topics_of(programme):
    """One query, kept as the names are."""

    def build():
        return tuple(questions.topics_in_use(programme=programme.pk))

    return TOPICS.read_one(programme.pk, programme.version, build)
