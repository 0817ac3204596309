"""Imports run one way, from the top package to the bottom, and there is no circle of modules."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ORDER = [
    "web",
    "accounts",
    "cases",
    "reporting",
    "overview",
    "imports",
    "demo",
    "privacy",
    "mentorship",
]


def imported_apps(path):
    """Our own packages that the module at `path` imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        yield from (name.split(".")[0] for name in names if name.split(".")[0] in ORDER)


def modules(app):
    """The app's modules; its tests may know everybody."""
    paths = Path(settings.BASE_DIR, app).rglob("*.py")
    return [path for path in paths if "tests" not in path.parts]


@pytest.mark.parametrize("app", [app for app in ORDER if Path(settings.BASE_DIR, app).exists()])
def test_an_app_imports_only_what_lies_under_it(app):
    allowed = set(ORDER[: ORDER.index(app) + 1])
    found = {
        (path.name, other)
        for path in modules(app)
        for other in imported_apps(path)
        if other not in allowed
    }
    assert not found
    assert modules(app), "the test looked at nothing"


def test_weasyprint_is_imported_in_one_module_and_inside_a_function():
    importers = []
    for app in ORDER:
        for path in modules(app):
            tree = ast.parse(path.read_text())
            for node in ast.walk(tree):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if any(name.split(".")[0] == "weasyprint" for name in names):
                    importers.append(path.name)
                    assert node not in tree.body, (
                        "at the top of a module it costs every process a second"
                    )
    assert set(importers) <= {"pdf.py"}
    assert importers
