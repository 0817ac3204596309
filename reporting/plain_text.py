from web.dates import long_date

from . import open_sentences, sentences

WIDTH = 72
NUMBERS = 12


def as_text(report):
    parts = {"full": full_parts, "open": open_parts}[report.edition](report)
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def full_parts(report):
    other_ways = [
        f"{neighbour.count} {sentences.other_way(neighbour)}"
        for neighbour in report.goal.neighbours
    ]
    return [
        [report.title, report.programme, "", report.answer],
        [sentences.who_counts(report), sentences.goal_gap(report.goal), *other_ways],
        table("Status", ["Antal"], [(row.label, row.count) for row in report.rows]),
        [
            report.control_line if report.adds_up else sentences.does_not_add_up(report),
            sentences.people_in_progress(report),
        ],
        table(
            f"Boligområde (mål {report.area_target})",
            ["Indskrevet", "I mål"],
            [(area.name, area.enrolled, area.in_goal) for area in report.areas],
            ("I alt", report.enrolled, report.goal.count),
        ),
        table(
            "Udvikling pr.",
            ["Indskrevet", "I mål"],
            [(long_date(point.on), point.enrolled, point.in_goal) for point in report.trend],
        ),
        *([sentences.goal_changes(report.goals)] if report.goals else []),
        contact_part(report.contact),
        *changes_since_last(report),
        *retention(report.stays),
        [
            f"Data: registeret, som det var kendt {long_date(report.known_at)} "
            f"kl. {report.known_at:%H.%M}.",
            sentences.counted_from(report),
            sentences.gaps(report),
        ],
    ]


def open_parts(report):
    known = [f"Data: registeret, som det var kendt {long_date(report.known_on)}."]
    if report.enrolled is None:
        return [*open_head(report), known]
    return [
        *open_head(report),
        *([open_groups(report), [report.control_line]] if report.groups else []),
        *([open_areas(report)] if report.area_names else []),
        *([open_trend(report)] if len(report.trend) > 1 else []),
        [open_contact(report)],
        known,
    ]


def open_head(report):
    about_the_goal = [open_sentences.who_counts_in_open(report)]
    if report.goal.count is not None:
        about_the_goal.append(sentences.goal_gap(report.goal))
    elif report.enrolled is not None:
        about_the_goal.append(open_sentences.goal_not_shown(report))
    return [
        [report.title, report.programme, "Åben udgave", "", report.answer],
        [*about_the_goal, open_sentences.merging(report)],
    ]


def open_groups(report):
    return table(
        "Gruppe",
        ["Antal"],
        [(open_sentences.label(group, report), group.count) for group in report.groups],
    )


def open_areas(report):
    if not report.areas:
        return [open_sentences.areas_not_shown(report)]
    rows = [(area.name, area.enrolled) for area in report.areas]
    rows += [(open_sentences.rest_label(report), report.rest)] if report.rest else []
    note = open_sentences.rest_note(report)
    return [
        *table("Boligområde", ["Antal"], rows, ("I alt", report.enrolled)),
        *([note] if note else []),
    ]


def open_trend(report):
    rows = [(long_date(point.on), point.enrolled, point.in_goal) for point in report.trend]
    lines = table("Udvikling pr.", ["Indskrevet", "I mål"], rows)
    return [*lines, open_sentences.changed(report.change)] if report.change else lines


def open_contact(report):
    if report.contact is None:
        return f"Ugentlig kontakt: {open_sentences.contact_not_shown(report)}"
    return (
        f"Ugentlig kontakt, {sentences.weeks(report.contact)}: {report.contact.percent} % "
        f"{open_sentences.contact_in_open(report.contact)}"
    )


def contact_part(summary):
    if summary is None:
        return ["Ugentlig kontakt: der har endnu ikke været en hel uge at tælle."]
    tally = [(mark.word.capitalize(), count) for mark, count in summary.tally]
    return table(
        f"Kontakt, {sentences.weeks(summary)}", ["Uger"], tally, ("Forventet", summary.expected)
    )


def changes_since_last(report):
    if not report.since:
        return
    since = report.since
    rows = [(row.label, f"{change:+d}" if change else 0) for row, change in report.rows_since]
    yield table(f"Siden rapport {since.number}, {long_date(since.on)}", ["Ændring"], rows)
    if report.moves:
        moves = [
            (f"{sentences.move_from(move)} til {sentences.in_short(move.after)}", move.count)
            for move in report.moves
        ]
        yield table("Bevægelser", ["Antal"], moves)


def retention(stays):
    if stays:
        rows = [(f"{stay.months} måneder", stay.reached, stay.still) for stay in stays]
        yield table("Fastholdelse efter", ["Nåede det", "Stadig i mål"], rows)


def table(head, columns, rows, foot=None):
    """The label is on the left, numbers right-aligned, rules between."""
    rule = "-" * WIDTH
    lines = [line(head, columns), rule, *(line(label, cells) for label, *cells in rows), rule]
    return [*lines, line(foot[0], foot[1:])] if foot else lines


def line(label, cells):
    numbers = "".join(f"{cell:>{NUMBERS}}" for cell in cells)
    return f"{label:<{WIDTH - len(numbers)}}{numbers}"
