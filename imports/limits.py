"""Limits of an import."""

from web.danish import thousands

MAX_BYTES = 5 * 1024 * 1024  # of all files together
MAX_BYTES_AT_ONCE = 100_000  # while the browser waits, about a second

# In an Excel file; tags of its XML are counted before parsing.
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_PARTS = 1_000
MAX_SMALL_PART_BYTES = 1024 * 1024  # other than sheets and shared texts
MAX_SMALL_PART_TAGS = 50_000  # each becomes an object
MAX_TAGS = 4_000_000  # of sheets and shared texts together; a cell has four
MAX_SHARED_TEXTS = 300_000
MAX_CHARACTERS = 30_000_000  # a shared text counts each time
MAX_CELL_CHARACTERS = 8_000  # twice the longest note

MAX_ROWS = 20_000  # of a sheet
MAX_COLUMNS = 100
MAX_ROW_TAGS = 2 * MAX_ROWS  # with rows of formatting only
MAX_CELL_TAGS = 500_000  # of all sheets together
MAX_CELL_TAGS_IN_ROW = 16_384  # the columns of Excel; openpyxl keeps a row whole, 0.5 kB a cell

MAX_LISTED_PROBLEMS = 5_000

TOO_LARGE = f"Filen er for stor. Den må højst fylde {MAX_BYTES // 1024 // 1024} MB."
TOO_LARGE_UNPACKED = "Filen er for stor, når den pakkes ud. Fjern billeder og tomme ark."
TOO_MANY_ROW_TAGS = f"Et af arkene har mere end {thousands(MAX_ROWS)} rækker."
TOO_MANY_ROWS = f"Arket har mere end {thousands(MAX_ROWS)} rækker."
TOO_MUCH_TEXT = "Cellen har for megen tekst."
TOO_MANY_COLUMNS = f"Arket har mere end {MAX_COLUMNS} kolonner."
