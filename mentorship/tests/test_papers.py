"""The papers name files, modules and versions that exist."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from site_variables import VARIABLES

ROOT = Path(settings.BASE_DIR)
GLOSSARY = ROOT / "docs" / "words.md"  # maps old names to new ones, so it names files that are gone
PAPERS = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")} - {GLOSSARY}
)
# A path inside backticks: it has a slash, and a known ending or a slash at the end.
A_PATH = re.compile(r"`((?:[\w.*-]+/)+(?:[\w*-]+\.(?:py|html|css|js|md|sh|csv|txt))?)`")
A_LINK = re.compile(r"\]\(([\w./-]+)\)")
MADE_LATER = ("var/", "vendor/", ".venv/", "tests/", "test-results/")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_paper_exists(paper):
    text = paper.read_text()
    paths = A_PATH.findall(text) + A_LINK.findall(text)
    named = [path for path in paths if not path.startswith(MADE_LATER)]
    gone = [p for p in named if not list(ROOT.glob(p)) and not list(paper.parent.glob(p))]
    assert not gone


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_in_a_paper_exists(paper):
    tests = "".join(path.read_text() for path in ROOT.glob("*/tests/test_*.py"))
    named = re.findall(r"`(test_\w+)`", paper.read_text())
    assert not [name for name in named if f"def {name}(" not in tests]


def test_readme_names_many_paths():
    assert len(A_PATH.findall((ROOT / "README.md").read_text())) > 60


def test_the_version_is_the_newest_heading_of_the_changelog():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+),", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest[1] == version


def test_the_lengths_in_limits_are_those_of_the_models():
    models = {model.__name__: model for model in apps.get_models()}
    rows = re.findall(
        r"^\| `(\w+)\.(\w+)` \| (\d+) characters",
        (ROOT / "docs/limits.md").read_text(),
        re.MULTILINE,
    )
    stated = {(model, field): int(length) for model, field, length in rows}

    assert len(stated) > 8
    assert stated == {
        (model, field): models[model]._meta.get_field(field).max_length for model, field in stated
    }


def test_every_variable_is_known_to_the_programs_that_start_without_them():
    text = "".join(
        (ROOT / "mentorship" / name).read_text() for name in ("settings.py", "single_sign_on.py")
    )
    read = set(re.findall(r"\benv(?:\.[a-z_]+)?\(\s*\"([A-Z_]+)\"", text))
    single_sign_on = set(re.findall(r"\"((?:OIDC|SAML|SSO)_[A-Z_]+)\"", text))

    assert set(VARIABLES) == read | single_sign_on
    operations = (ROOT / "docs" / "operations.md").read_text()
    assert not [name for name in VARIABLES if f"`{name}" not in operations]
