"""Programs that tests start."""

import os
import subprocess


def run(*command, **environment):
    """Return what the command prints. Raise CalledProcessError if it fails."""
    settings = {"DJANGO_SETTINGS_MODULE": "mentorship.settings"}
    env = os.environ | settings | environment
    done = subprocess.run(command, env=env, check=True, capture_output=True)  # noqa: S603
    return done.stdout.decode().strip()
