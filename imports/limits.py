"""How much an import takes. A programme of 400 young people in ten years is well within it."""

MOST_BYTES = 5 * 1024 * 1024  # of all files together
MOST_UNPACKED = 60 * 1024 * 1024  # what an Excel file may grow to
MOST_PARTS = 1_000  # files inside an Excel file
MOST_ELSEWHERE = (
    1024 * 1024
)  # of a part that is neither a sheet nor its texts, such as styles and pictures
MOST_MARKS_ELSEWHERE = 50_000  # signs < in such a part; each is an object in memory
MOST_MARKS = 4_000_000  # in the sheets and the texts together; a cell has four of them
MOST_TEXTS = 300_000  # in the list of texts the cells share
MOST_CHARACTERS = 30_000_000  # of all cells, a shared text counted each time
MOST_IN_A_CELL = 8_000  # characters, twice the longest note
MOST_ROWS = 20_000  # of a sheet
MOST_COLUMNS = 100
MOST_ROWS_INSIDE = (
    2 * MOST_ROWS
)  # rows of a sheet in an Excel file, those that are only coloured too
MOST_CELLS_INSIDE = 1_000_000  # of all its sheets
MOST_PROBLEMS = 5_000  # in the list; who has more mends the first of them first

TOO_LARGE = f"Filen er for stor. Den må højst fylde {MOST_BYTES // 1024 // 1024} MB."
TOO_LARGE_INSIDE = "Filen er for stor, når den pakkes ud. Fjern billeder og tomme ark."
TOO_MANY_ROWS_INSIDE = f"Et af arkene har mere end {MOST_ROWS:,} rækker.".replace(",", ".")
TOO_MANY_ROWS = f"Arket har mere end {MOST_ROWS:,} rækker.".replace(",", ".")
TOO_MUCH_IN_A_CELL = "Cellen har for megen tekst."
TOO_MANY_COLUMNS = f"Arket har mere end {MOST_COLUMNS} kolonner."
