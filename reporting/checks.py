"""System check: can PDFs be printed?"""

import ctypes

from django.core import checks

from .pdf import PDFUnavailable, import_weasyprint

PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")


def pdf_can_be_printed(app_configs, **kwargs):
    """Only the PDFs fail without Pango."""
    try:
        if not pango_is_near():
            import_weasyprint()
    except PDFUnavailable as error:
        return [checks.Warning(str(error), id="reporting.W001")]
    return []


def pango_is_near():
    """Importing WeasyPrint instead costs every command a second."""
    for name in PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
