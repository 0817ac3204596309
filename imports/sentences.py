from web.danish import listed

ALREADY_RUNNING = "En import er allerede i gang. Din fil er ikke prøvet. Vent, til den er færdig."
ANOTHER_FILE = "Det er ikke den fil, du prøvede. Den bliver prøvet først, og intet er importeret."
# By outcome; "" is that of an import whose process is gone.
HEADINGS = {
    "tried": "Filen er prøvet",
    "problems": "Filen er prøvet, og noget skal rettes. Intet er importeret",
    "imported": "Færdig",
    "no_access": "Stoppet. Den, der importerede, har ikke længere adgang. Intet er importeret",
    "too_long": "Stoppet, fordi det tog for lang tid. Intet er importeret",
    "ended": "Afbrudt. Intet er importeret",
    "": "Afbrudt. Intet er importeret",
}


def imported(new):
    return f"Importeret: {listed(new)}." if new else "Der er ikke noget nyt at importere."


def heading_of(run):
    return HEADINGS[run.outcome]


def problems_heading(number):
    things = "Én ting" if number == 1 else f"{number} ting"
    return f"Intet er importeret. {things} skal rettes"


def problems_advice(number):
    them = "den" if number == 1 else "dem"
    return (
        f"Ret {them} i regnearket, og prøv filen igen. "
        "Alt hentes ind på én gang, når intet er galt."
    )


def problems_caption(shown, number):
    """'' if all are shown."""
    return f"De første {shown} af {number}. Resten står på listen." if shown < number else ""


def trial_heading(new):
    if new:
        return "Filen er i orden. Det bliver importeret"
    return "Filen er i orden, men der er ikke noget nyt i den"


def known_rows(known, no_longer):
    if not known:
        return ""
    rows = "række findes" if known == 1 else "rækker findes"
    sentence = f"{known} {rows} allerede og springes over."
    if no_longer:
        sentence += (
            f" {no_longer} af dem gælder ikke længere, fordi nogen har rettet dem "
            "eller trukket dem tilbage, og bliver ikke skrevet igen."
        )
    return sentence
