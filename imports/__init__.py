"""The register as a workbook: read in all or nothing, written out in the same layout, and an empty one to fill.

What a sheet looks like: layout.py. A file becomes tables (reading.py), the tables a plan (planning.py), the plan rows
of the register (importing.py); the register becomes tables again (exporting.py) and a workbook (workbook.py).
"""
