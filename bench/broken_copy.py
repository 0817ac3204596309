"""A copy of the tree without the guards against double saving, to test the harness on.

A line that `broken_copy` does not find is named; update it here.
"""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from running_site import TREE

LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "var", "docs", "node_modules", "test-results"
)

# (file, its text, the text in the copy)
KEYS = (
    (
        "cases/migrations/0005_submission.py",
        "('key', models.UUIDField(editable=False, unique=True))",
        "('key', models.UUIDField(editable=False))",
    ),
    (
        "cases/models/submission.py",
        "key = models.UUIDField(unique=True, ",
        "key = models.UUIDField(",
    ),
    (
        "cases/migrations/0001_initial.py",
        "('submit_key', models.UUIDField(editable=False, unique=True))",
        "('submit_key', models.UUIDField(editable=False))",
    ),
    (
        "cases/models/meeting.py",
        "submit_key = models.UUIDField(unique=True, ",
        "submit_key = models.UUIDField(",
    ),
    (
        "cases/migrations/0001_initial.py",
        "('replaces', models.OneToOneField(",
        "('replaces', models.ForeignKey(",
    ),
    (
        "cases/models/meeting.py",
        "replaces = models.OneToOneField(",
        "replaces = models.ForeignKey(",
    ),
)
LOOKS = (
    ("mentorship/settings.py", '    "mentorship.writing.WriteGuard",\n', ""),
    ("cases/forms/meeting_entry.py", "if earlier:", "if False:"),
    ("cases/forms/one_tap.py", "if self.earlier:", "if False:"),
    ("cases/forms/meeting_entry.py", "if self.replaces.withdrawn_at:", "if False:"),
    ("cases/models/append_only.py", "if not changed:", "if False:"),
)
GUARDS = {"keys": KEYS, "all": KEYS + LOOKS}


@contextmanager
def broken_copy(without):
    with tempfile.TemporaryDirectory(prefix="bench-broken-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(TREE, tree, ignore=LEFT_OUT)
        for file, old, new in GUARDS[without]:
            path = tree / file
            text = path.read_text()
            if old not in text:
                raise SystemExit(f"{file} no longer says {old!r}: mend bench/broken_copy.py.")
            path.write_text(text.replace(old, new))
        yield tree
