"""Programs that tests start."""

import os
import subprocess
import sys
from contextlib import contextmanager

from reporting.pdf_process import DrawingProcess

# The program that draws PDFs; between the two it may be changed.
WORKER = "import django; django.setup(); from reporting import pdf_worker; "
SERVE = "\npdf_worker.serve()"
WITHOUT_PANGO = f"""{WORKER}
from reporting import pdf
def missing():
    raise pdf.PDFUnavailable(pdf.INSTALL)
pdf.import_weasyprint = missing
{SERVE}"""
HANGS = "import time; time.sleep(60)"


def run(*command, **environment):
    """Return what the command prints. Raise CalledProcessError if it fails."""
    settings = {"DJANGO_SETTINGS_MODULE": "mentorship.settings"}
    env = os.environ | settings | environment
    done = subprocess.run(command, env=env, check=True, capture_output=True)  # noqa: S603
    return done.stdout.decode().strip()


@contextmanager
def drawing_process(program):
    process = DrawingProcess((sys.executable, "-c", program))
    try:
        yield process
    finally:
        process.end()
