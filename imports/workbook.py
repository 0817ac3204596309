from xlsxwriter.utility import xl_range_abs

from cases.models import AttendanceOutcome, Gender, MeetingFormat, Membership, Mentee, Status
from web.dates import today
from web.spreadsheets import TYPES, XlsxWorkbook

from .layout import GUIDE, LISTS, NO_AREA, NO_MENTOR, SHEETS
from .limits import MAX_ROWS

XLSX = TYPES["xlsx"]
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
GUIDE_WIDTHS = (14, 16, 70, 26, 14)
DATE_COLUMNS = {"day", "born_on", "enrolled_on", "own_goal_on", "informed_on"}
TEXT_COLUMNS = {"key", "phone"}  # keeps a leading 0
SEVERAL_WORDS = {"criteria", "topics"}  # the validation does not refuse other words

INTRODUCTION = (
    "Udfyld arkene, og gem filen. Importér den på siden Importér i Mentorindsats.",
    "Arket unge skal altid udfyldes, og hver ung skal have en status fra indskrivningsdagen "
    "på arket statusser.",
    "De andre ark kan stå tomme. Skriv datoer som 2026-03-01 eller 01.03.2026.",
    "Skriv aldrig CPR-numre. Skriv ingen navne på andre i noterne.",
    "En import tilføjer kun og ændrer intet i registret: en række, der er importeret, "
    "springes over næste gang.",
)


def to_bytes(programme, tables=None):
    """`tables`: {sheet's name: [{column: value}]}; without, an empty template."""
    workbook = XlsxWorkbook()
    write_guide(workbook)
    lists = word_lists(programme)
    for sheet in SHEETS:
        worksheet = write_sheet(workbook, sheet, (tables or {}).get(sheet.name, []), lists)
        if tables and sheet is SHEETS[0]:
            worksheet.activate()
    write_lists(workbook, lists)
    return workbook.to_bytes()


def word_lists(programme):
    mentors = Membership.objects.mentors_of(programme, today())
    emails = list(mentors.order_by("email").values_list("email", flat=True))
    return {
        "status": Status.labels,
        "area": [*programme.areas.offered().values_list("name", flat=True), NO_AREA],
        "mentor": [*emails, NO_MENTOR],
        "gender": Gender.labels,
        "form": MeetingFormat.labels,
        "outcome": AttendanceOutcome.labels,
        "referred_by": list(programme.partners.offered().values_list("name", flat=True)),
        "criteria": [label for _, label in Mentee.CRITERIA],
        "topics": list(programme.topics.filter(in_use=True).values_list("name", flat=True)),
    }


def write_sheet(workbook, sheet, rows, lists):
    worksheet = workbook.add_sheet(sheet.name)
    for place, column in enumerate(sheet.columns):
        style = {}
        if column.name in DATE_COLUMNS:
            style = {"num_format": workbook.DATE_FORMAT}
        elif column.name in TEXT_COLUMNS:
            style = {"num_format": "@"}
        width = WIDTHS.get(column.name, 16)
        worksheet.set_column(place, place, width, workbook.cell_format(**style))
        if lists.get(column.name):
            add_validation(worksheet, place, column.name, lists)
    workbook.write_rows(worksheet, [[column.heading for column in sheet.columns]], bold=True)
    values = [[row[column.name] for column in sheet.columns] for row in rows]
    workbook.write_rows(worksheet, values, first_row=1)
    worksheet.freeze_panes(1, 1)
    return worksheet


def add_validation(worksheet, place, name, lists):
    column = list(lists).index(name)
    words = xl_range_abs(1, column, len(lists[name]), column)
    options = {
        "validate": "list",
        "source": f"={LISTS}!{words}",
        "error_title": "Kendes ikke",
        "error_message": "Vælg fra listen.",
        "show_error": name not in SEVERAL_WORDS,
        "show_input": False,
    }
    worksheet.data_validation(1, place, MAX_ROWS, place, options)


def write_lists(workbook, lists):
    headings = {column.name: column.heading for sheet in SHEETS for column in sheet.columns}
    worksheet = workbook.add_sheet(LISTS)
    worksheet.set_column(0, len(lists) - 1, 30)
    for place, (name, words) in enumerate(lists.items()):
        workbook.write_cell(worksheet, 0, place, headings[name], bold=True)
        for number, word in enumerate(words, start=1):
            workbook.write_cell(worksheet, number, place, word)


def write_guide(workbook):
    worksheet = workbook.add_sheet(GUIDE)
    top = {"valign": "top"}
    workbook.write_rows(worksheet, [[sentence] for sentence in INTRODUCTION], **top)
    headings = ["ark", "kolonne", "hvad der skal stå", "eksempel", "skal udfyldes"]
    number = len(INTRODUCTION) + 1
    workbook.write_rows(worksheet, [headings], first_row=number, bold=True, **top)
    for sheet in SHEETS:
        number += 1
        workbook.write_cell(worksheet, number, 0, sheet.name, bold=True, text_wrap=True, **top)
        workbook.write_cell(worksheet, number, 2, sheet.hint, text_wrap=True, **top)
        rows = [
            ["", column.heading, column.hint, column.example, "ja" if column.empty else ""]
            for column in sheet.columns
        ]
        workbook.write_rows(worksheet, rows, first_row=number + 1, text_wrap=True, **top)
        number += len(rows)
    for place, width in enumerate(GUIDE_WIDTHS):
        worksheet.set_column(place, place, width)
