"""Inline SVG for page and paper.

Colours are attributes: page CSS and `currentColor` do not reach SVG in the PDF. Classes override
them on screen. Cached: a list of 40 people draws 400.
"""

from functools import cache, lru_cache

from django.utils.html import format_html
from django.utils.safestring import mark_safe

HIDDEN = mark_safe('aria-hidden="true" focusable="false"')


ICONS = {
    "week": '<path d="M4 6.5h16V20H4zM4 10.5h16M8 4v4m8-4v4"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/>'
    '<path d="M2.8 19.5c.4-3.6 2.8-5.5 6.2-5.5s5.8 1.9 6.2 5.5'
    'M16 4.9a3.4 3.4 0 0 1 0 6.3m1.8 3c2 .8 3.2 2.6 3.5 5.3"/>',
    "log": '<circle class="disc" cx="12" cy="12" r="10"/>'
    '<path class="line-on" d="M12 7.2v9.6M7.2 12h9.6"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M9.4 9.6c.2-1.6 1.2-2.4 2.7-2.4 1.6 0 2.7.9 2.7 2.3 0 2.2-2.7 2-2.7 4.4"/>'
    '<circle class="disc" cx="12.1" cy="16.8" r="1.2"/>',
    "user": '<circle cx="12" cy="8.2" r="4"/><path d="M4.5 20c.5-4 3.3-6 7.5-6s7 2 7.5 6"/>',
    "report": '<path d="M6 3.4h7.8L18.6 8v12.6H6z'
    'M13.4 3.6v5.2h5M12.2 11.4v6m-2.6-2.4 2.6 2.6 2.6-2.6"/>',
    "calendar": '<path d="M4.2 6.6h15.6v13.2H4.2zM4.2 10.6h15.6M8.2 4.2v4m7.6-4v4"/>',
    "flag": '<path d="M6 21V4.2m0 1c5-2.4 7.4 2.2 12.6 0v8.4c-5.2 2.2-7.6-2.4-12.6 0"/>',
    "clock": '<circle cx="12" cy="12" r="8.4"/><path d="M12 7v5l3.6 2.4"/>',
    "back": '<path d="m14.4 5.4-6.6 6.6 6.6 6.6"/>',
    "todo": '<circle cx="12" cy="12" r="7.5"/>',
    "next": '<path d="m9.6 5.4 6.6 6.6-6.6 6.6"/>',
    "check": '<path d="m4.8 13 4.8 4.8 9.8-10.6"/>',
    "alert": '<path d="M12 3.4 21.6 20.4H2.4zM12 9.6v5"/>'
    '<circle class="disc" cx="12" cy="17.4" r="1.2"/>',
    "home": '<path d="m3.6 11.4 8.4-7.2 8.4 7.2M6 9.6v10.2h12V9.6"/>',
    "undo": '<path d="M9 4.8 4.8 9 9 13.2M4.8 9h9a5.2 5.2 0 0 1 0 10.4H9.6"/>',
    "note": '<path d="M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4"/>',
}

# Dots: in the goal, on the way, dropped out, free place.
GOAL, WAY, OUT, VOID = "goal", "way", "out", "void"
PRIMARY, EDGE, GREY = "#0b5563", "#6a7877", "#828e8c"


@cache
def icon(name):
    return mark_safe(  # noqa: S308 (constants)
        f'<svg class="icon" viewBox="0 0 24 24" width="20" height="20" {HIDDEN}>{ICONS[name]}</svg>'
    )


def dot(kind, x, y, r):
    width = 2 if r > 7 else 1.6
    ring = r - width / 2
    if kind == GOAL:
        return f'<circle class="dot-goal" cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{PRIMARY}"/>'
    if kind == WAY:
        return (
            f'<circle class="dot-way" cx="{x:g}" cy="{y:g}" r="{ring:g}" fill="none" '
            f'stroke="{EDGE}" stroke-width="{width}"/>'
        )
    if kind == OUT:
        slash = ring * 0.7071
        return (
            f'<g class="dot-out" fill="none" stroke="{EDGE}" stroke-width="{width}">'
            f'<circle cx="{x:g}" cy="{y:g}" r="{ring:g}"/>'
            f'<path d="M{x - slash:.2f} {y + slash:.2f}L{x + slash:.2f} {y - slash:.2f}"/></g>'
        )
    return f'<circle class="dot-void" cx="{x:g}" cy="{y:g}" r="{r * 0.26:.2f}" fill="{GREY}"/>'


@lru_cache(maxsize=256)
def dot_row(goal, way, out, void=0, line_after=None):
    """A dashed line comes after `line_after` of the dots."""
    kinds = [GOAL] * goal + [WAY] * way + [OUT] * out + [VOID] * void
    if not kinds:
        return ""
    shift = [7 if line_after is not None and n >= line_after else 0 for n in range(len(kinds))]
    width = 13 * len(kinds) + (7 if line_after is not None else 0)
    dots = "".join(dot(kind, 6.5 + 13 * n + shift[n], 6.5, 5.5) for n, kind in enumerate(kinds))
    line = "" if line_after is None else dashes(f"M{13 * line_after + 3.5:g} 0V13", "3 2")
    return mark_safe(  # noqa: S308 (numbers, constants)
        f'<svg class="dotrow" width="{width}" height="13" viewBox="0 0 {width} 13" {HIDDEN}>'
        f"{dots}{line}</svg>"
    )


@cache
def key_dot(kind):
    return mark_safe(  # noqa: S308 (constants)
        f'<svg class="key" viewBox="0 0 16 16" width="16" height="16" {HIDDEN}>'
        f"{dot(kind, 8, 8, 7)}</svg>"
    )


@lru_cache(maxsize=256)
def week_dots(met, rest):
    """Filled dots for contacts made, rings for those still expected."""
    kinds = [GOAL] * met + [WAY] * rest
    width = 26 * max(1, len(kinds))
    dots = "".join(dot(kind, 13 + 26 * n, 13, 9) for n, kind in enumerate(kinds))
    return mark_safe(  # noqa: S308 (numbers, constants)
        f'<svg class="weekdots" viewBox="0 0 {width} 26" width="{width}" height="26" {HIDDEN}>'
        f"{dots}</svg>"
    )


def dashes(path, pattern="4 3"):
    return (
        f'<path class="goal-line" d="{path}" fill="none" stroke="#172325" stroke-width="1.5" '
        f'stroke-dasharray="{pattern}"/>'
    )


@lru_cache(maxsize=64)
def dot_field(goal, way, out, places, goal_line, label, per_row=10, title="", ident=""):
    """Dots in rows, specks up to `places`, and a line after `goal_line` dots (0: none).

    With `title` it is an image with that name and the id `ident`; without, decoration.
    """
    kinds = [GOAL] * goal + [WAY] * way + [OUT] * out
    kinds += [VOID] * max(0, places - len(kinds))
    rows, extra = divmod(goal_line, per_row)
    breaks = {rows} | ({rows + 1} if extra else set())
    step, r, gap = 24, 9, 10

    def top(row):
        return sum(gap for b in breaks if 0 < b <= row) + step * row

    dots = "".join(
        dot(k, 12 + step * (n % per_row), top(n // per_row) + 12, r) for n, k in enumerate(kinds)
    )
    edge = step * per_row + 8
    y = top(rows) - gap / 2 if rows else 1
    path = f"M2 {y:g}H{edge}"
    if extra:
        below = top(rows + 1) - gap / 2
        path = f"M2 {below:g}H{step * extra:g}V{y:g}H{edge}"
    height = max(top((len(kinds) - 1) // per_row) + step, y + 6)
    width = edge + 12 + 7 * len(label)
    line = (
        f'{dashes(path)}<text class="svg-label" x="{edge + 6}" y="{y + 4:g}" font-size="12" '
        f'font-weight="600" fill="#172325">{label}</text>'
        if goal_line
        else ""
    )
    naming = f'role="img" aria-labelledby="{ident}"' if title else HIDDEN
    head = format_html('<title id="{}">{}</title>', ident, title) if title else ""
    return mark_safe(  # noqa: S308 (numbers, constants, escaped title)
        f'<svg class="dot-field" viewBox="0 0 {width} {height:g}" width="{width}" '
        f'height="{height:g}" {naming} font-family="IBM Plex Sans, sans-serif">'
        f"{head}{dots}{line}</svg>"
    )
