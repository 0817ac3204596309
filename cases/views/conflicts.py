"""Conflicts between a posted meeting form and a stored meeting."""

from dataclasses import dataclass

from cases.models import Meeting


@dataclass(frozen=True)
class Conflict:
    """Why the form was not saved; `stored` is shown beside it."""

    stored: Meeting | None  # None if it is another user's
    heading: str
    text: str
    link: str = ""  # to correct `stored`; ends the last sentence of `text`
    saves_another: bool = False  # when the form is posted again
    corrects_stored: bool = False
    draft_moved_from: str = ""  # the submit key under which the browser keeps the draft


def same_day(stored, mentee):
    """The user has logged a meeting with the mentee that day."""
    return Conflict(
        stored,
        heading="Er det endnu et møde?",
        text=f"Du har allerede logget et møde med {mentee.given_name} den dag. Det står her. "
        "Dit nye møde er ikke gemt endnu: gem igen, hvis det er endnu et møde, eller",
        link="ret det første",
        saves_another=True,
    )


def same_key(stored):
    """The form was saved before, with other content."""
    return Conflict(
        stored,
        heading="Der er allerede gemt et møde herfra",
        text="Det gemte møde står her, og det, du har skrevet nu, står i felterne og er ikke gemt. "
        "Gem igen, hvis det er endnu et møde, eller",
        link="ret det gemte",
        saves_another=True,
        draft_moved_from=str(stored.submit_key) if stored else "",
    )


def changed_meanwhile(stored):
    """The meeting was corrected or withdrawn; `stored` is its newest version."""
    if stored.withdrawn_at:
        return Conflict(
            stored,
            heading="Mødet er trukket tilbage imens",
            text=f"{stored.withdrawn_by} har trukket det tilbage: “{stored.withdrawn_reason}”. "
            "Din tekst står i felterne og er ikke gemt.",
        )
    return Conflict(
        stored,
        heading="Mødet er rettet imens",
        text=f"{stored.recorded_by} gemte en rettelse. Den står her. Din tekst står i felterne og "
        "er ikke gemt endnu. Gem igen, hvis det er din, der skal gælde.",
        corrects_stored=True,
    )
