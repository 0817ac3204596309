"""Today, and dates in Danish."""

from calendar import monthrange
from datetime import date

from django.utils import timezone

# Plain strings: Django's are translated again at each use, 7 to 11 % of a page.
MONTHS = (
    *("", "januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
SHORT_MONTHS = (
    *("", "jan", "feb", "mar", "apr", "maj", "jun"),
    *("jul", "aug", "sept", "okt", "nov", "dec"),
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def today():
    """For views, forms, permissions and date validation; figures take the date as argument."""
    return timezone.localdate()


def age(born_on, on):
    """Whole years; a birthday on 29 February counts from 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def years_after(day, years):
    """The same day `years` later; 1 March for 29 February, the last day there is beyond that."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def long_date(day: date):
    """'1. marts 2019'"""
    return f"{day.day}. {MONTHS[day.month]} {day.year}"


def day_and_month(day: date):
    return f"{day.day}. {MONTHS[day.month]}"


def short_date(day: date):
    """'1. mar.'; 'maj', 'juni', 'juli' in full"""
    month = MONTHS[day.month]
    return f"{day.day}. {month if len(month) <= 4 else month[:3] + '.'}"


def weekday_date(day: date):
    """'fredag 1. marts 2019'"""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def weekday_and_month(day: date):
    return f"{WEEKDAYS[day.weekday()]} {day_and_month(day)}"


def short_weekday_date(day: date):
    """'fre. 1. mar.'"""
    weekday = WEEKDAYS[day.weekday()]
    cut = {"mandag": "man", "tirsdag": "tirs", "onsdag": "ons", "torsdag": "tors", "fredag": "fre"}
    return f"{cut.get(weekday, weekday[:3])}. {short_date(day)}"


def last_of_month(day: date):
    return day.replace(day=monthrange(day.year, day.month)[1])


def hours(minutes: int):
    """'5 t. 15 min.'"""
    parts = [
        f"{minutes // 60} t." if minutes >= 60 else "",
        f"{minutes % 60} min." if minutes % 60 else "",
    ]
    return " ".join(part for part in parts if part)


def days_ago(day: date, on: date):
    """'i går', '9 dage siden'"""
    days = (on - day).days
    return {0: "i dag", 1: "i går"}.get(days, f"{days} dage siden")
