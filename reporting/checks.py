"""What Django's `check` says about the reports on this machine."""

import ctypes

from django.core import checks

from .pdf import PDFUnavailable, import_weasyprint

PANGO = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")


def pdf_can_be_printed(app_configs, **kwargs):
    """W001 where WeasyPrint finds no Pango. The rest of the site works without; the PDF button answers 503."""
    try:
        if not pango_is_near():
            import_weasyprint()
    except PDFUnavailable as error:
        return [checks.Warning(str(error), id="reporting.W001")]
    return []


def pango_is_near():
    """Whether the library opens by one of its usual names: spares every command the second WeasyPrint takes to load."""
    for name in PANGO:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
