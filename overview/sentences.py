from overview.forecast import pace_needed, whole_months
from web.dates import day_and_month, long_date, weekday_date

DAYS_IN_A_MONTH = 365.25 / 12


def subtitle(programme, on):
    return f"{programme.name}, pr. {weekday_date(on)}" if on else programme.name


def compared_day(snapshot, form=day_and_month):
    """'1. oktober', or with its year if not the same."""
    same_year = snapshot.before.year == snapshot.on.year
    return (form if same_year else long_date)(snapshot.before)


def goal_line(snapshot):
    """'10 unge er i uddannelse eller arbejde. Målet er 30, så der mangler 20.'"""
    goal, selection = snapshot.status_report.goal, snapshot.selection
    people = "ung" if goal.count == 1 else "unge"
    if selection:
        return f"{goal.count} {people} {selection.phrase} er i uddannelse eller arbejde."
    if goal.missing:
        distance = f"Målet er {goal.goal}, så der mangler {goal.missing}."
    else:
        distance = f"Målet på {goal.goal} er nået."
    return f"{goal.count} {people} er i uddannelse eller arbejde. {distance}"


def goal_details(snapshot, asked):
    report, selection = snapshot.status_report, snapshot.selection
    places = "" if selection else f" og af {report.goal.target} pladser"
    sentences = [f"Det er {report.goal.count} af {report.enrolled} indskrevne{places}."]
    sentences.append(since_before(snapshot, asked))
    target = snapshot.goal.area_target
    if selection.area and selection.area.pk and not selection.mentor and target:
        sentences.append(f"Målet er mindst {target} unge i området.")
    return " ".join(filter(None, sentences))


def since_before(snapshot, asked):
    """'3 flere end 1. oktober.'; `asked`: the day in the form, or None."""
    if not snapshot.before:
        nobody = "Ingen af dem var indskrevet {}, så der er intet at sammenligne med."
        return nobody.format(long_date(asked)) if asked else ""
    if snapshot.goal_changed_on:
        return not_comparable(snapshot)
    more = snapshot.more_in_goal
    day = compared_day(snapshot)
    if not more:
        return f"Lige så mange som {day}."
    return f"{abs(more)} {'flere' if more > 0 else 'færre'} end {day}."


def not_comparable(snapshot):
    """'Målet tæller andre statusser fra 1. december 2026, så det sammenlignes ikke ...'"""
    return (
        f"Målet tæller andre statusser fra {long_date(snapshot.goal_changed_on)}, så tallet "
        f"sammenlignes ikke med {compared_day(snapshot)}."
    )


def forecast_line(forecast):
    """'10 i mål, 4 på vej med en aftale: 14 hvis aftalerne holder.'"""
    starts = len(forecast.starts)
    if not starts:
        return f"{forecast.in_goal} i mål. Ingen har aftalt en start, der fører i mål."
    agreements = "aftalen" if starts == 1 else "aftalerne"
    total = f"{forecast.total} hvis {agreements} holder"
    return f"{forecast.in_goal} i mål, {starts} på vej med en aftale: {total}."


def distance_to_goal(goal, on, ends_on):
    if not goal.missing:
        return "Målet er nået."
    missing = f"Der mangler {goal.missing}"
    if ends_on is None:
        return f"{missing}. Indsatsen har ingen slutdato, så der kan ikke regnes et tempo ud."
    if ends_on < on:
        return f"{missing}. Indsatsen sluttede {long_date(ends_on)}."
    months = whole_months(on, ends_on)
    if not months:
        return f"{missing}, og indsatsen slutter {long_date(ends_on)}."
    people, every = pace_needed(goal.missing, months)
    how_often = "om måneden" if every == 1 else f"hver {every}. måned"
    return f"{missing}. Med {people} {how_often} nås målet inden {long_date(ends_on)}."


def pace_so_far(more, before, on):
    """'Siden 1. december 2018 er 4 flere kommet i mål: 1,3 om måneden.'"""
    since = f"Siden {long_date(before)}"
    if not more:
        return f"{since} er tallet det samme."
    if more < 0:
        return f"{since} er {-more} færre i mål."
    a_month = f"{more * DAYS_IN_A_MONTH / (on - before).days:.1f}".replace(".", ",")
    return f"{since} er {more} flere kommet i mål: {a_month} om måneden."


def pace_line(snapshot):
    """A selection has no distance."""
    goal, on, before = snapshot.status_report.goal, snapshot.on, snapshot.before
    sentences = []
    if not snapshot.selection:
        sentences.append(distance_to_goal(goal, on, snapshot.programme.ends_on))
    if before and not snapshot.goal_changed_on:
        sentences.append(pace_so_far(snapshot.more_in_goal, before, on))
    return " ".join(sentences)


def not_in_goal(selection):
    return "øvrige indskrevne. De samme unge, fulgt tilbage" if selection else "øvrige indskrevne"


def key_figure(figure):
    """('Beboere, Ellemarken (2025)', '1.200', '(kommunen 60.000)'), the last '' if not known."""
    label = f"{figure.what}, {figure.area}" if figure.area else figure.what
    if when := figure.period or (figure.published_on and long_date(figure.published_on)):
        label = f"{label} ({when})"
    return label, figure.value, f"(kommunen {figure.municipality})" if figure.municipality else ""


def missing_count(count):
    return f"{count} {'oplysning' if count == 1 else 'oplysninger'} mangler."
