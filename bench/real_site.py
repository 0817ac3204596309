"""The settings of a real site, with another folder for static files."""

import os

from mentorship.settings import *  # noqa: F403

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
