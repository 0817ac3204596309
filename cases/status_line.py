"""A bar with a segment per status."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases import badges
from cases.models import Status
from web import dates
from web.danish import listed
from web.dates import SHORT_MONTHS
from web.svg import HIDDEN

# Minimum widths in %.
MIN_WIDTH_ICON, MIN_WIDTH_LABEL, MIN_WIDTH_LABEL_ON_A_PHONE = 4, 14, 36
MAX_TICKS = 14

PICTURE = (
    '<svg class="statusline" width="100%" height="74" {}><defs>'
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch-line" d="M0 0v7"/></pattern></defs>{}</svg>'
)
TICK = (
    '<line class="tick{0}" x1="{1}" x2="{1}" y1="44" y2="50"/>'
    '<text class="svg-axis{0}" x="{1}" y="65" text-anchor="middle">{2}</text>'
)
BAR = '<rect class="seg s-{}" x="{}" y="4" width="{}" height="36"/>'
PAUSE = '<rect fill="url(#hatch)" x="{}" y="4" width="{}" height="36"/>'
EDGE = '<line class="seg-edge" x1="{0}" x2="{0}" y1="2" y2="42"/>'
TILE = (
    '<svg class="seg-icon" x="{}" y="12" width="30" height="20" overflow="visible">'
    '<g transform="translate(8 0)">{}</g></svg>'
)
WORD = (
    '<svg x="{}" y="4" width="{}" height="36">'
    '<text class="seg-label{}" x="36" y="23">{}</text></svg>'
)


@dataclass(frozen=True)
class Segment:
    status: Status
    x: str
    width: str
    tile: SafeString
    has_icon: bool
    has_word: bool
    has_word_on_a_phone: bool

    @property
    def label(self):
        """The tile and the short word, if there is room."""
        wide = "" if self.has_word_on_a_phone else " seg-label-wide"
        tile = format_html(TILE, self.x, self.tile)
        word = format_html(WORD, self.x, self.width, wide, self.status.short)
        parts = [tile] if self.has_icon else []
        parts += [word] if self.has_word else []
        return format_html_join("", "{}", [(part,) for part in parts])


@dataclass(frozen=True)
class Spell:
    status: Status
    words: str
    detail: str

    @property
    def words_of_status(self):
        return f"{self.status.label}, {self.detail}" if self.detail else self.status.label


def per_cent(number):
    """'12.34%', in every locale."""
    return f"{number:.2f}%"


class StatusLine:
    def __init__(self, person, on, goal_statuses, details):
        """From enrolment to `on`. `details`: {first day of a status: detail}."""
        self.first, self.last = person.enrolled_on, on
        spells = person.statuses.spells(on)
        self.segments = [self._segment(*spell, goal_statuses) for spell in spells]
        self.edges = [segment.x for segment in self.segments[1:]]
        paused = [spell for spell in person.pauses.spells(on) if spell[2]]
        self.pauses = [
            (per_cent(self._x(first)), per_cent(self._width(first, last)))
            for first, last, _ in paused
        ]
        self.pause_words = dates_listed([(first, last) for first, last, _ in paused], on)
        self.ticks = self._ticks()
        self.spells = [
            Spell(status, between(first, last, on), details.get(first, ""))
            for first, last, status in reversed(spells)
        ]

    @property
    def drawing(self):
        bars = [(segment.status.value, segment.x, segment.width) for segment in self.segments]
        parts = [
            format_html_join("", TICK, self.ticks),
            format_html_join("", BAR, bars),
            format_html_join("", PAUSE, self.pauses),
            format_html_join("", EDGE, [(x,) for x in self.edges]),
            *(segment.label for segment in self.segments),
        ]
        return format_html(PICTURE, HIDDEN, format_html_join("", "{}", [(part,) for part in parts]))

    @property
    def _days(self):
        return (self.last - self.first).days + 1

    def _x(self, day):
        return 100 * max(0, (day - self.first).days) / self._days

    def _width(self, first, last):
        return 100 * ((last - max(first, self.first)).days + 1) / self._days

    def _segment(self, first, last, status, goal_statuses):
        x, width = self._x(first), self._width(first, last)
        return Segment(
            status=status,
            x=per_cent(x),
            width=per_cent(width),
            tile=badges.tile(status, status in goal_statuses),
            has_icon=width >= MIN_WIDTH_ICON,
            has_word=width >= MIN_WIDTH_LABEL,
            has_word_on_a_phone=width >= MIN_WIDTH_LABEL_ON_A_PHONE,
        )

    def _ticks(self):
        """[(CSS class of every other, x, month)], about MAX_TICKS."""
        months, day = [], (self.first.replace(day=1) + timedelta(days=32)).replace(day=1)
        while day <= self.last:
            months.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        step = -(-len(months) // MAX_TICKS) or 1
        shown = [day for day in months if (day.month - 1) % step == 0]
        css = cycle(("", " tick-odd"))
        return [(next(css), per_cent(self._x(day)), self._month(day)) for day in shown]

    @staticmethod
    def _month(day):
        return str(day.year) if day.month == 1 else SHORT_MONTHS[day.month]


def between(first: date, last: date, on: date):

    def format_day(day):
        text = dates.short_date(day)
        return text if day.year == on.year else f"{text} {day.year}"

    return f"{format_day(first)} – {'nu' if last == on else format_day(last)}"


def dates_listed(spells, on):
    return listed([between(first, last, on) for first, last in spells]) if spells else ""
