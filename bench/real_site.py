"""The settings of a real site (mentorship/settings.py with SECRET_KEY), its collected static files somewhere else."""

import os

from mentorship.settings import *  # noqa: F403

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
