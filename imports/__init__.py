"""Spreadsheets in and out.

Import: reading.py, planning.py, importing.py. Export: exporting.py, workbook.py. Sheets: layout.py.
"""
