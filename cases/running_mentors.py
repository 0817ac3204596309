"""Whether a mentor is still there on a day: "uden mentor" in docs/figures.md.

Whom a user may see (`visible_to`) asks the same.
"""

from cases import questions
from web.dates import today
from web.versioned_cache import VersionedCache

ROLES = VersionedCache(50)


class RunningMentors:
    """Mentors on the day `on`, as known at `known_at` (None: now).

    From today on a mentor is there who can sign in. Of an earlier day only what is dated is known:
    a mentor is gone when their role has ended. Roles are often recorded after the history.
    """

    def __init__(self, programme, on, known_at=None):
        self.is_past = on < today()
        self.there, self.ended = set(), set()

        def build():
            return list(questions.mentor_roles(programme=programme.pk))

        rows = ROLES.read_one(programme.pk, programme.version, build)
        for user, is_active, starts_on, ends_on, recorded_at, ended_on, ended_at in rows:
            if known_at and recorded_at and recorded_at > known_at:
                continue
            is_ended = ended_at and (known_at is None or ended_at <= known_at)
            last_on = ended_on if is_ended else ends_on
            if last_on is not None and last_on < on:
                self.ended.add(user)
            elif starts_on <= on and (is_active or self.is_past):
                self.there.add(user)

    def has_stopped(self, mentor):
        """`mentor`: a user's key, or None."""
        if mentor is None or mentor in self.there:
            return False
        return not self.is_past or mentor in self.ended

    def is_without(self, mentor):
        """Whether a young person's mentor is nobody, or has stopped."""
        return mentor is None or self.has_stopped(mentor)
