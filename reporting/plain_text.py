"""The report as plain text: for a terminal, a mail, a comparison line by line."""

from cases.dates import long_date

from . import words

WIDTH = 72
NUMBERS = 12  # the width of a column of numbers


def as_text(report):
    """The StatusReport as text in Danish, every figure of it, ending in a line break."""
    other_ways = [f"{neighbour.count} {words.other_way(neighbour)}" for neighbour in report.goal.neighbours]
    parts = [
        [report.title, report.programme, "", report.answer],
        [words.who_counts(report), words.missing(report.goal), *other_ways],
        table("Status", ["Antal"], [(row.label, row.count) for row in report.rows]),
        [report.control_line if report.adds_up else words.does_not_add_up(report), words.in_progress(report)],
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
        contact(report.contact),
        *since_last_report(report),
        *stays(report.stays),
        [
            f"Data: registeret, som det var kendt {long_date(report.known_at)} kl. {report.known_at:%H.%M}.",
            words.counted_from(report),
            words.gaps(report),
        ],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def contact(summary):
    if summary is None:
        return ["Ugentlig kontakt: der har endnu ikke været en hel uge at tælle."]
    tally = [(mark.word.capitalize(), count) for mark, count in summary.tally]
    return table(f"Kontakt, {words.weeks(summary)}", ["Uger"], tally, ("Forventet", summary.expected))


def since_last_report(report):
    """A part with the change and the movements since the last report; none in the first one."""
    if not report.since:
        return
    since = report.since
    rows = [(row.label, f"{change:+d}" if change else 0) for row, change in report.rows_since]
    yield table(f"Siden rapport {since.number}, {long_date(since.on)}", ["Ændring"], rows)
    if report.moves:
        moves = [(f"{words.move_from(move)} til {words.in_short(move.after)}", move.count) for move in report.moves]
        yield table("Bevægelser", ["Antal"], moves)


def stays(rows):
    """A part with how many stayed in the goal; none before anybody can have."""
    if rows:
        told = [(f"{stay.months} måneder", stay.reached, stay.still) for stay in rows]
        yield table("Fastholdelse efter", ["Nåede det", "Stadig i mål"], told)


def table(head, columns, rows, foot=None):
    """The lines of a table: a word on the left, right-aligned numbers, rules above and below."""
    rule = "-" * WIDTH
    lines = [line(head, columns), rule, *(line(word, numbers) for word, *numbers in rows), rule]
    return [*lines, line(foot[0], foot[1:])] if foot else lines


def line(word, cells):
    numbers = "".join(f"{cell:>{NUMBERS}}" for cell in cells)
    return f"{word:<{WIDTH - len(numbers)}}{numbers}"
