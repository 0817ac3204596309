"""Wrong, broken and hostile files: each gives a sentence, quickly, and changes nothing."""

import csv
import io
import re
import time
import zipfile

import openpyxl
import pytest
from openpyxl import load_workbook

from cases.models import Meeting, Mentee
from imports import cells, limits
from imports.importing import import_files
from imports.problems import Problem, problems_csv
from imports.reading import read_files
from imports.tests import sheets
from imports.tests.sheets import HIS_STATUS, MOEDER, STATUSSER, UNGE, YUSUF

KNOWN = "Arkene hedder unge, statusser, bopael, mentorer, moeder."
NOT_ONE = "Filen er ikke et regneark, eller den er gået i stykker. Gem den igen som .xlsx."


FIRST, MOEDER_PART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
STYLES = "xl/styles.xml"


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content
            )
    return out.getvalue()


def changed(content, part, change):
    """The workbook's bytes with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def without(content, part):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
    return out.getvalue()


def merged(content, ref, sheet="unge"):
    book = load_workbook(io.BytesIO(content))
    book[sheet].merge_cells(ref)
    return sheets.to_bytes(book)


def a_bomb():
    """One sheet of 200 MB that takes 200 kB."""
    start = (
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    )
    return changed(
        sheets.right(), "xl/worksheets/sheet1.xml", lambda data: start + b" " * 200_000_000
    )


def many_styles(data):
    return data.replace(b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>")


def styles_in_a_megabyte(data):
    return data.replace(b"</cellXfs>", b"<xf/>" * 150_000 + b"</cellXfs>")


def in_utf_16(data):
    return data.decode().replace("utf-8", "utf-16").encode("utf-16")


def many_texts(data):
    """Texts no cell has, where the sheet should be."""
    return b"<sst>" + b"<a-b:si/>" * 400_000 + b"</sst>"


def one_text_everywhere(length, rows, columns=1):
    """A workbook with a text of `length` letters, stored once, in every cell of `rows` rows."""
    cell = b'<c t="s"><v>0</v></c>'
    more = b"".join(b'<row r="%d">%s</row>' % (n, cell * columns) for n in range(3, rows + 3))
    content = changed(
        sheets.right(),
        MOEDER_PART,
        lambda data: data.replace(b"</sheetData>", more + b"</sheetData>"),
    )
    return with_texts(content, [b"x" * length])


def with_texts(content, texts):
    """The workbook's bytes with a list of texts for its cells to share."""
    start = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    every = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    content = changed(content, "[Content_Types].xml", lambda data: data.replace(b"</Types>", entry))
    with zipfile.ZipFile(whole := io.BytesIO(content), "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", start + every + b"</sst>")
    return whole.getvalue()


def elsewhere(content, part, place):
    """The workbook's bytes with a sheet, its relation and its content type moved."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name).replace(f"/{part}".encode(), f"/{place}".encode())
            after.writestr(place if name == part else name, data)
    return out.getvalue()


def entities(data):
    """A billion laughs in the sheet."""
    lols = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return (
        b'<!DOCTYPE x [<!ENTITY l0 "ha">'
        + lols
        + b"]>"
        + data.replace(b"</sheetData>", b"&l9;</sheetData>")
    )


def far_away(data):
    """A row that says it is number a billion, and a cell in the last column."""
    return data.replace(
        b"</sheetData>", b'<row r="1000000000"><c r="XFD1000000000"><v>1</v></c></row></sheetData>'
    )


def long_sheet(rows):
    """The bytes of a workbook with so many rows in `moeder`, made without waiting for openpyxl."""
    row = (
        b'<row r="%d"><c r="A%d"><v>7</v></c>'
        b'<c r="B%d" t="inlineStr"><is><t>2026-03-01</t></is></c></row>'
    )
    more = b"".join(row % (n, n, n) for n in range(3, rows + 2))
    return changed(
        sheets.right(),
        MOEDER_PART,
        lambda data: data.replace(b"</sheetData>", more + b"</sheetData>"),
    )


def empty_cells(rows, columns):
    """A workbook of few bytes with rows of empty cells in `moeder`."""
    more = b"".join(b'<row r="%d">%s</row>' % (n, b"<c/>" * columns) for n in range(3, rows + 3))
    return changed(
        sheets.right(),
        MOEDER_PART,
        lambda data: data.replace(b"</sheetData>", more + b"</sheetData>"),
    )


INLINE = rb't="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is>'


def no_such_string(data):
    return re.sub(INLINE, b't="s"><v>99999</v>', data)


FILES = {
    "0 bytes": ("a.xlsx", b"", "Filen er tom."),
    "a renamed PDF": ("a.xlsx", b"%PDF-1.7\n...", "Filen er en PDF. Vælg et regneark."),
    "an old Excel file": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600,
        "Filen er i det gamle Excel-format"),
    "a picture": ("a.png", b"\x89PNG\r\n", NOT_ONE),
    "a picture called xlsx": ("a.xlsx", b"\x89PNG\r\n", NOT_ONE),
    "a web page called xlsx": ("a.xlsx", b"<html><table></table></html>", NOT_ONE),
    "a Word document": ("a.docx", archive(word__document_xml="<w/>"), NOT_ONE),
    "half a file": ("a.xlsx", sheets.right()[:3000], NOT_ONE),
    "a file with a hole": ("a.xlsx", sheets.right()[:900] + b"\0" * 400 + sheets.right()[1300:],
        NOT_ONE),
    "XML cut off": ("a.xlsx", changed(sheets.right(), FIRST, lambda data: data[:200]), NOT_ONE),
    "a missing sheet": ("a.xlsx", without(sheets.right(), MOEDER_PART), NOT_ONE),
    "a missing part": ("a.xlsx", archive(xl__workbook_xml="<workbook/>"), NOT_ONE),
    "macros": ("a.xlsm", archive(xl__workbook_xml="<w/>", xl__vbaProject_bin="x"),
        "Filen indeholder makroer."),
    "old macros": ("a.xlsx", archive(xl__workbook_xml="<w/>", xl__macrosheets__a_xml="x"),
        "Filen indeholder makroer."),
    "entities": ("a.xlsx", changed(sheets.right(), FIRST, entities), NOT_ONE),
    "NUL bytes": ("unge.csv", b"key;navn\r\n7;Yu\x00suf", "Filen er ikke en tekstfil."),
    "a string nobody has": ("a.xlsx", changed(sheets.right(), FIRST, no_such_string), NOT_ONE),
    "letters of no alphabet": ("unge.csv", b"navn;\x81\x8d\x8f\x90\x9d",
        "Filens bogstaver kan ikke læses."),
    "an open quote": ("unge.csv", 'nøgle;navn\n7;"Yusuf'.encode(), "Linje 2 kan ikke læses."),
    "wrong sheet": ("a.xlsx", sheets.workbook(Ark1=[UNGE, YUSUF]), f"Arket kendes ikke. {KNOWN}"),
    "a CSV file of no sheet": ("deltagere.csv", "nøgle;navn\n7;Y".encode(),
        f"Arket kendes ikke. {KNOWN}"),
    "only headings": ("a.xlsx", sheets.workbook(unge=[UNGE]),
        f"Der er ingen rækker at importere. {KNOWN}"),
    "an empty workbook": ("a.xlsx", sheets.workbook(unge=[]),
        f"Der er ingen rækker at importere. {KNOWN}"),
    "a sheet twice": ("a.xlsx", sheets.workbook(moeder=[MOEDER], møder=[MOEDER, ["7"]]),
        "Arket er der to gange."),
    "an unknown column": ("a.xlsx", sheets.workbook(unge=[[*UNGE, "CPR"], YUSUF]),
        "Kolonnen “CPR” kendes ikke."),
    "a missing column": ("a.xlsx", sheets.workbook(unge=[UNGE[1:], YUSUF[1:]]),
        "Kolonnen mangler."),
    "a column twice": ("a.xlsx", sheets.workbook(unge=[[*UNGE, "født"], YUSUF]),
        "Kolonnen er der to gange."),
    "a value without a heading": (
        "a.xlsx",
        sheets.workbook(unge=[UNGE, [*YUSUF, "", "løst"]]),
        "Rækken har noget i en kolonne uden overskrift.",
    ),
    "a title above the headings": ("a.xlsx", sheets.workbook(unge=[["Unge i år"], UNGE]),
        "Kolonnen “Unge i år”"),
    "merged cells": ("a.xlsx", merged(sheets.right(unge=[YUSUF, YUSUF]), "A2:A3"),
        "Cellerne A2:A3 er flettet."),
    "merged headings": ("a.xlsx", merged(sheets.right(), "A1:B1"), "Cellerne A1:B1 er flettet."),
    "a far row and column": ("a.xlsx", changed(sheets.right(), FIRST, far_away),
        "kolonne uden overskrift"),
    "many columns": ("a.xlsx", sheets.workbook(unge=[[*UNGE, *map(str, range(200))]]),
        "mere end 100 kolonner"),
    "a formula for a heading": ("a.xlsx", sheets.workbook(unge=[["=A2", *UNGE[1:]], YUSUF]),
        "Cellen er en formel."),
    "a bomb": ("a.xlsx", a_bomb(), "Filen er for stor, når den pakkes ud."),
    "a bomb of styles": ("a.xlsx", changed(sheets.right(), STYLES, many_styles),
        "Filen er for stor, når den"),
    "a smaller one": ("a.xlsx", changed(sheets.right(), STYLES, styles_in_a_megabyte),
        "Filen er for stor, når den"),
    "a sheet in UTF-16": ("a.xlsx", changed(sheets.right(), FIRST, in_utf_16), NOT_ONE),
    "texts and no end": ("a.xlsx", changed(sheets.right(), FIRST, many_texts),
        "Filen er for stor, når den"),
    "a cell of 20 MB": ("a.xlsx", one_text_everywhere(20_000_000, 2_000),
        "Cellen har for megen tekst."),
    "a long text everywhere": ("a.xlsx", one_text_everywhere(8_000, 10_000, 6),
        "Filen er for stor, når den"),
    "a large sheet elsewhere": ("a.xlsx", elsewhere(long_sheet(20_000), MOEDER_PART, "xl/a.xml"),
        "Filen er for stor"),
    "a row without end": ("a.xlsx", empty_cells(1, 490_000), "mere end 100 kolonner"),
    "empty cells without end": ("a.xlsx", empty_cells(60, 16_000),
        "Filen er for stor, når den pakkes ud."),
    "half a surrogate": ("a.xlsx", sheets.right(unge=[[*YUSUF[:1], "Yusuf _xD800_", *YUSUF[2:]]]),
        "Cellen indeholder tegn, der ikke kan gemmes."),
    "half a surrogate for a heading": ("a.xlsx", sheets.workbook(unge=[[*UNGE, "_xD800_"], YUSUF]),
        "Cellen indeholder tegn, der ikke kan gemmes."),
    "too large": ("unge.csv", b"x" * (limits.MAX_BYTES + 1),
        "Filen er for stor. Den må højst fylde 5 MB."),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", FILES)
def test_a_bad_file_gives_a_sentence_and_changes_nothing(what, programme, torben, mette, areas):
    name, content, sentence = FILES[what]
    begun = time.process_time()
    outcome = import_files(programme, [(name, content)], by=torben)
    assert sentence in " ".join(problem.sentence for problem in outcome.problems)
    assert not outcome.written
    assert not Mentee.objects.exists()
    assert time.process_time() - begun < 2


@pytest.mark.django_db
def test_cells_that_cannot_be_read_are_named(programme, torben, mette, areas):
    book = load_workbook(io.BytesIO(sheets.right()))
    book["unge"]["C2"] = "=DATE(2007,5,14)"
    book["statusser"]["D2"] = "#REF!"
    book["statusser"]["D2"].data_type = "e"
    book["moeder"]["F2"] = True
    problems = import_files(programme, [("a.xlsx", sheets.to_bytes(book))], by=torben).problems
    assert [problem[:4] for problem in problems] == [
        ("unge", 2, "født", "Cellen er en formel. Kopiér den, og indsæt den som værdi."),
        ("statusser", 2, "detalje", "Cellen viser en fejl i regnearket."),
        ("moeder", 2, "note", "Skriv det som tekst."),
    ]


def test_two_hundred_thousand_rows_are_refused_before_they_are_read():
    content = long_sheet(200_000)
    assert len(content) < limits.MAX_BYTES
    begun = time.process_time()
    _, problems = read_files([("a.xlsx", content)])
    assert [p.sentence for p in problems] == ["Et af arkene har mere end 20.000 rækker."]
    assert time.process_time() - begun < 2


def test_one_row_too_many_in_a_workbook():
    assert (
        read_files([("a.xlsx", long_sheet(limits.MAX_ROWS + 1))])[1][0].sentence
        == "Arket har mere end 20.000 rækker."
    )


def test_twenty_thousand_rows_are_taken():
    rows = [["1", "2026-03-01", "Telefon", 10, "Afholdt", ""]] * limits.MAX_ROWS
    csv = "\n".join(";".join(map(str, row)) for row in [MOEDER, *rows]).encode()
    tables, problems = read_files([("moeder.csv", csv)])
    assert (problems, len(tables["moeder"].rows)) == ([], limits.MAX_ROWS)
    assert (
        read_files([("moeder.csv", csv + b"\n1;x;x;x;x;x")])[1][0].sentence
        == "Arket har mere end 20.000 rækker."
    )


def test_a_workbook_as_excel_writes_it_with_its_strings_in_one_place():
    strings = []

    def shared(match):
        strings.append(match[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    content = sheets.right(moeder=[[*sheets.HIS_MEETING[:5], "Han_x000D_\nsagde _x005F_x0041_"]])
    for part in (FIRST, "xl/worksheets/sheet2.xml", MOEDER_PART):
        content = changed(content, part, lambda data: re.sub(INLINE, shared, data, flags=re.DOTALL))
    content = with_texts(content, strings)
    tables, problems = read_files([("a.xlsx", content)])
    assert problems == []
    assert tables["unge"].rows[0][1]["name"] == "Yusuf Hamdan"
    assert cells.parse_text(tables["moeder"].rows[0][1]["note"]) == "Han\nsagde _x0041_"


def test_a_late_formatted_row_without_content_is_nothing():
    book = load_workbook(io.BytesIO(sheets.right()))
    book["unge"].row_dimensions[1_048_576].height = 20
    book["unge"]["A900000"] = "  "
    tables, problems = read_files([("a.xlsx", sheets.to_bytes(book))])
    assert (problems, len(tables["unge"].rows)) == ([], 1)


def test_a_dimension_that_lies_hides_no_row():
    content = changed(
        sheets.right(), FIRST, lambda data: data.replace(b'ref="A1:H2"', b'ref="A1:A1"')
    )
    tables, problems = read_files([("a.xlsx", content)])
    assert (problems, tables["unge"].rows[0][1]["name"]) == ([], "Yusuf Hamdan")


def test_a_sheet_that_lies_elsewhere_is_read():
    tables, problems = read_files([("a.xlsx", elsewhere(sheets.right(), MOEDER_PART, "xl/a.xml"))])
    assert (problems, len(tables["moeder"].rows)) == ([], 1)


def test_no_xml_of_a_file_is_read_with_entities():
    assert openpyxl.DEFUSEDXML  # and openpyxl leaves entities alone where it uses lxml


def test_the_list_is_a_csv_file_for_danish_excel_and_holds_no_formula():
    text = problems_csv(
        [
            Problem("unge", 7, "område", "Findes ikke.", "=cmd|' /C calc'!A0"),
            Problem("", None, "", "Tom."),
        ]
    )
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines() == [
        "ark;række;kolonne;hvad er galt;værdi",
        "unge;7;område;Findes ikke.;'=cmd|' /C calc'!A0",
        ";;;Tom.;",
    ]


@pytest.mark.parametrize("text", [" =1+1", "＝1+1", "\u00a0+1", "\n-1"])
def test_no_value_on_the_list_is_a_formula_after_blanks_or_in_wide_signs(text):
    [_, line] = csv.reader(
        io.StringIO(problems_csv([Problem("unge", 7, "område", "Fejl.", text)]).decode()),
        delimiter=";",
    )
    assert line[4] == f"'{text}"


def test_a_long_list_says_how_many_are_left():
    many = [
        Problem("unge", n, "navn", "Skriv den unges navn.")
        for n in range(limits.MAX_LISTED_PROBLEMS + 12)
    ]
    lines = problems_csv(many).decode("utf-8-sig").splitlines()
    assert len(lines) == limits.MAX_LISTED_PROBLEMS + 2
    assert "og 12 til" in lines[-1]


@pytest.mark.django_db
def test_files_that_are_each_right_and_together_too_much(programme, torben, mette, areas):
    both = [("a.xlsx", sheets.right()), ("unge.csv", "nøgle;navn\n8;Ali".encode())]
    outcome = import_files(programme, both, by=torben)
    assert "Arket er der to gange." in [p.sentence for p in outcome.problems]
    assert not Meeting.objects.exists()


@pytest.mark.django_db
def test_one_bad_file_among_good_ones_stops_them_all(programme, torben, mette, areas):
    good = (
        ";".join(UNGE) + "\n" + ";".join(YUSUF),
        ";".join(STATUSSER) + "\n" + ";".join(HIS_STATUS),
    )
    files = [
        ("unge.csv", good[0].encode()),
        ("statusser.csv", good[1].encode()),
        ("moeder.csv", b""),
    ]
    assert [(p.sheet, p.sentence) for p in import_files(programme, files, by=torben).problems] == [
        ("moeder.csv", "Filen er tom.")
    ]
    assert not Mentee.objects.exists()
    assert import_files(programme, files[:2], by=torben).written
