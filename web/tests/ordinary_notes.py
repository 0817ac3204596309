"""Ordinary Danish notes with numbers in them, made without a look at the rule for CPR numbers."""

from datetime import date, timedelta

HOURS = ("kl. {h:02}.{m:02}", "kl. {h}", "kl. {h:02}:{m:02}", "klokken {h}", "kl. {h:02}{m:02}")
RANGES = ("kl. {h:02}{m:02}-{n:02}{m:02}", "kl. {h:02}.{m:02}-{n:02}.{m:02}", "kl. {h}-{n}")
DAYS = (
    "{d.day:02}.{d.month:02}.{d.year}",
    "{d.day:02}-{d.month:02}-{d.year}",
    "{d.day}/{d.month}",
    "{d.day}/{d.month}-{y:02}",
    "{d.day}.{d.month}.{y:02}",
    "{d.year}-{d.month:02}-{d.day:02}",
    "{d.day:02}{d.month:02}{y:02}",
)
PHONES = ("+45 {} {} {} {}", "{} {} {} {}", "{}{}{}{}", "{}{} {}{}", "0045 {}{}{}{}", "+45{}{}{}{}")
SENTENCES = (
    "Mødtes {day} {hour}. Næste gang {day2} {hour2}.",
    "{day}, {range}: talte om lærepladsen. Afsted {day2}.",
    "Ringede til skolen på {phone} {hour}. De ringer tilbage {day}.",
    "Telefon {phone}, eller {phone2} efter {hour}.",
    "Skoleåret {year}-{year2}, uge {week}. Lokale {room}, {house}. sal.",
    "Uge {week}-{week2} {year}: praktik. Løn {amount} kr. om måneden.",
    "Han skylder {amount} kr. og betaler {amount2} kr. den {day}.",
    "Bor Karlemosevej {house}, {room}, {post} Køge. Flyttet {day}.",
    "Født {day}, {post} Køge. Startede {day2}.",
    "Sag {year}/{case}. Svar senest {day} {hour}.",
    "Bus {bus} og {bus2}, afgang {hour}, fremme {hour2}.",
    "{day}-{day2}: ferie. Tilbage {hour}.",
    "FGU fra {day}: mødetid {range}, {percent} % fremmøde i uge {week}.",
    "CVR {cvr}, ring {phone} {day} {hour}.",
    "Kontonummer på vej. {hour} den {day}, lokale {room}, hus {house}.",
    "Målt {iso}: {amount} kr., {percent} % og {house} dage.",
    "Mødt {day}. {amount} kr. til kontingent, {house} gange.",
    "Kørekort: {house} timer, prøve {day} {hour}, pris {amount} kr.",
)


def ordinary_notes(rng, number):
    """Yield so many notes."""
    for _ in range(number):
        yield rng.choice(SENTENCES).format(**numbers(rng))


def numbers(rng):
    day = date(2016, 1, 1) + timedelta(days=rng.randrange(4_000))
    hour = rng.randrange(7, 20)
    year = rng.randrange(2015, 2027)
    week = rng.randrange(1, 50)
    return {
        "day": a_day(rng, day),
        "day2": a_day(rng, day + timedelta(days=rng.randrange(1, 60))),
        "hour": an_hour(rng, hour),
        "hour2": an_hour(rng, hour + 2),
        "range": rng.choice(RANGES).format(h=hour, n=hour + 2, m=rng.choice((0, 15, 30, 45))),
        "phone": a_phone(rng),
        "phone2": a_phone(rng),
        "year": year,
        "year2": year + 1,
        "week": week,
        "week2": week + 3,
        "room": f"{rng.randrange(5)}.{rng.randrange(10, 60)}",
        "house": rng.randrange(1, 200),
        "post": rng.choice((4600, 4681, 2670, 4140, 1234)),
        "amount": f"{rng.randrange(100, 250_000):,}".replace(",", "."),
        "amount2": rng.randrange(100, 30_000),
        "case": rng.randrange(1_000, 99_999),
        "bus": rng.choice(("101A", "245", "21")),
        "bus2": rng.randrange(1, 400),
        "percent": rng.randrange(1, 100),
        "cvr": rng.randrange(10_000_000, 43_000_000),
        "iso": f"{day.isocalendar().year}-W{day.isocalendar().week:02}",
    }


def a_day(rng, day):
    return rng.choice(DAYS).format(d=day, y=day.year % 100)


def an_hour(rng, hour):
    return rng.choice(HOURS).format(h=hour, m=rng.choice((0, 10, 15, 30, 45)))


def a_phone(rng):
    first = f"{rng.randrange(2, 10)}{rng.randrange(10)}"
    return rng.choice(PHONES).format(first, *(f"{rng.randrange(100):02}" for _ in range(3)))
