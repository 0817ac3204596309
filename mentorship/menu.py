from typing import NamedTuple

from django.forms.utils import flatatt

from mentorship.context_processors import May
from setup.steps import STEPS
from web.addresses import fixed


class Item(NamedTuple):
    name: str  # URL name
    word: str
    icon: str
    verb: str | None  # permission needed; None for everybody
    also: tuple[str, ...] = ()  # URL names of pages below it


MENU = (
    Item("overview", "Overblik", "week", "see_overview", ("missing_data",)),
    Item("my_week", "Min uge", "week", "have_mentees"),
    Item(
        "mentees",
        "Unge",
        "people",
        "see_mentees",
        ("mentee", "take_in", "edit_mentee", "change_status", "move"),
    ),
    Item("record_meeting", "Log møde", "log", "have_mentees", ("correct_meeting",)),
    Item(
        "reports",
        "Rapporter",
        "report",
        "read_reports",
        (
            "draft_report",
            "report_draft",
            "edit_report_draft",
            "issued_report",
            "since_issued",
            "propose_withdrawal",
            "agenda_closed",
        ),
    ),
    Item(
        "people",
        "Personer",
        "people",
        "manage_members",
        ("invite", "end_role"),
    ),
    Item("help", "Hjælp", "help", None),
    Item(
        "account",
        "Konto",
        "user",
        None,
        (
            "account_change_password",
            "programme",
            "new_programme",
            *(step.name for step in STEPS),
            "partners",
            "partner",
            "programme_life",
            "close_programme",
            "copy_programme",
            "import_register",
            "import_run",
            "proposals",
            "mfa_index",
            "mfa_add_webauthn",
            "mfa_activate_totp",
            "mfa_view_recovery_codes",
            "factor_reset",
        ),
    ),
)


def menu(request):
    """Return `menu` and `tabbar` (whether a phone shows it at the bottom)."""
    if not request.user.is_authenticated or request.asks_factor:
        return {"menu": []}
    may = May(request)
    here = request.resolver_match.url_name if request.resolver_match else None
    items = [
        {
            "word": item.word,
            "icon": item.icon,
            "attributes": flatatt(
                {
                    "href": fixed(item.name),
                    "aria-current": "page" if here == item.name or here in item.also else None,
                    "class": "log" if item.icon == "log" else None,
                }
            ),
        }
        for item in MENU
        if item.verb is None or may[item.verb]
    ]
    return {"menu": items, "tabbar": may["have_mentees"]}
