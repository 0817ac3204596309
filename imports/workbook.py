"""Tables become an Excel workbook: the five sheets, a sheet that explains them, and lists to choose from."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cases.models import AttendanceOutcome, Gender, MeetingFormat, Membership, Mentee, Status
from web import xlsx_writer
from web.dates import today
from web.formulas import FORMULA

from .layout import GUIDE, LISTS, NO_AREA, NO_MENTOR, SHEETS
from .limits import MOST_ROWS
from .xml_escape import escaped

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {
    "key": 12,
    "name": 28,
    "note": 60,
    "own_goal": 40,
    "mentor": 28,
    "email": 28,
    "status": 26,
    "criteria": 30,
}
DAYS = {"day", "born_on", "enrolled_on", "own_goal_on", "informed_on"}
AS_TEXT = {"key", "phone"}  # a spreadsheet would take the 0 in front

INTRODUCTION = (
    "Udfyld arkene, og gem filen. Importér den på siden Importér i Mentorindsats.",
    "Arket unge skal altid udfyldes, og hver ung skal have en status fra indskrivningsdagen på arket statusser.",
    "De andre ark kan stå tomme. Skriv datoer som 2026-03-01 eller 01.03.2026.",
    "Skriv aldrig CPR-numre. Skriv ingen navne på andre i noterne.",
    "En import tilføjer kun og ændrer intet i registret: en række, der er importeret, springes over næste gang.",
)


def to_bytes(programme, tables=None):
    """The programme's workbook as XLSX bytes. `tables`: {sheet's name: [{column: value}]}, None for an empty one."""
    workbook = Workbook()
    explain(workbook.active)
    lists = lists_of(programme)
    for sheet in SHEETS:
        fill(workbook.create_sheet(sheet.name), sheet, (tables or {}).get(sheet.name, []), lists)
    add_lists(workbook.create_sheet(LISTS), lists)
    workbook.active = 1 if tables else 0
    return xlsx_writer.to_bytes(workbook)


def lists_of(programme):
    """{column: the words its cells may hold}."""
    mentors = Membership.objects.mentors_of(programme, today())
    emails = list(mentors.order_by("email").values_list("email", flat=True))
    return {
        "status": Status.labels,
        "area": [*programme.areas.values_list("name", flat=True), NO_AREA],
        "mentor": [*emails, NO_MENTOR],
        "gender": Gender.labels,
        "form": MeetingFormat.labels,
        "outcome": AttendanceOutcome.labels,
        "referred_by": list(programme.partners.values_list("name", flat=True)),
        "criteria": [label for _, label in Mentee.CRITERIA],
        "topics": list(programme.topics.filter(in_use=True).values_list("name", flat=True)),
    }


SEVERAL = {
    "criteria",
    "topics",
}  # cells that hold several words: the list helps, and is not insisted on


def fill(tab, sheet, rows, lists):
    """The sheet's headings and rows, with the lists to choose from."""
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        put(tab.cell(1, place), column.heading).font = Font(bold=True)
        tab.column_dimensions[letter].width = WIDTHS.get(column.name, 16)
        if column.name in DAYS:
            tab.column_dimensions[letter].number_format = "dd-mm-yyyy"
        elif column.name in AS_TEXT:
            tab.column_dimensions[letter].number_format = "@"
        if lists.get(column.name):
            add_choices(
                tab,
                letter,
                list(lists).index(column.name) + 1,
                len(lists[column.name]),
                column.name,
            )
        for number, row in enumerate(rows, start=2):
            if row[column.name] not in (None, ""):
                cell = put(tab.cell(number, place), row[column.name])
                if column.name in DAYS:
                    cell.number_format = "dd-mm-yyyy"
    tab.freeze_panes = "B2"


def add_choices(tab, letter, place, length, name):
    """Offer the words of the list in the column of the sheet `lister`."""
    words = get_column_letter(place)
    choices = DataValidation(
        "list", formula1=f"={LISTS}!${words}$2:${words}${length + 1}", allow_blank=True
    )
    choices.showErrorMessage = name not in SEVERAL
    choices.errorTitle, choices.error = "Kendes ikke", "Vælg fra listen."
    choices.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    tab.add_data_validation(choices)


def add_lists(tab, lists):
    headings = {column.name: column.heading for sheet in SHEETS for column in sheet.columns}
    for place, (name, words) in enumerate(lists.items(), start=1):
        put(tab.cell(1, place), headings[name]).font = Font(bold=True)
        tab.column_dimensions[get_column_letter(place)].width = 30
        for number, word in enumerate(words, start=2):
            put(tab.cell(number, place), word)


def explain(tab):
    """The sheet that says what goes where, with an example of each cell."""
    tab.title = GUIDE
    lines = [[sentence] for sentence in INTRODUCTION]
    lines += [[], ["ark", "kolonne", "hvad der skal stå", "eksempel", "skal udfyldes"]]
    heading = len(lines)
    for sheet in SHEETS:
        lines.append([sheet.name, "", sheet.hint])
        lines += [
            ["", c.heading, c.hint, c.example, "ja" if c.empty else ""] for c in sheet.columns
        ]
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            cell = put(tab.cell(number, place), text)
            cell.font = Font(bold=number == heading or (number > heading and place == 1))
            cell.alignment = Alignment(wrap_text=number > heading, vertical="top")
    for letter, width in zip("ABCDE", (14, 16, 70, 26, 14), strict=True):
        tab.column_dimensions[letter].width = width


def put(cell, value):
    """Set the cell; a text stays the text it is, whatever it begins with and whatever is in it."""
    if not isinstance(value, str):
        cell.value = value
        return cell
    cell.value = escaped(value)
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(value))
    return cell
