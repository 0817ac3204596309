from datetime import timedelta

ONE_DAY = timedelta(days=1)
HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}


def is_workday(day):
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def workday_from(day):
    while not is_workday(day):
        day += ONE_DAY
    return day


def workday_until(day):
    while not is_workday(day):
        day -= ONE_DAY
    return day


def workdays_of(week):
    """Christmas has two."""
    return [day for day in (week.monday + n * ONE_DAY for n in range(7)) if is_workday(day)]
