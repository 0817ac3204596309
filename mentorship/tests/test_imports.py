"""Imports run one way, from the top package to the bottom, and there is no circle of modules."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# From the bottom to the top: a package imports only itself and what stands before it.
ORDER = (
    "web",
    "accounts",
    "cases",
    "reporting",
    "setup",
    "overview",
    "imports",
    "demo",
    "privacy",
    "mentorship",
)
APPS = [app for app in ORDER if (ROOT / app).exists()]


def paths_of(app):
    """The app's modules; its tests may import anything, migrations are Django's."""
    paths = (ROOT / app).rglob("*.py")
    return [path for path in paths if not {"tests", "migrations"} & set(path.parts)]


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for app in APPS for path in paths_of(app)}


@cache
def imported(name):
    """{our own module: names imported from it} of a module, imports inside functions included."""
    path, result = MODULES[name], {}
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            pairs = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, node.module or ""]).strip(".") if node.level else node.module
            pairs = [(base, alias.name) for alias in node.names]
        else:
            continue
        for base, alias in pairs:
            target = f"{base}.{alias}" if f"{base}.{alias}" in MODULES else base
            if target in MODULES:
                result.setdefault(target, set()).add(None if target != base else alias)
    return result


def origin(module, alias):
    """The module a name comes from, when a package only passes it on."""
    for source, names in imported(module).items():
        if alias in names:
            return source
    return module


def edges(name):
    """The modules a module really needs: names are followed through re-exporting packages."""
    for target, names in imported(name).items():
        is_package = MODULES[target].name == "__init__.py"
        for alias in names:
            needed = origin(target, alias) if is_package and alias else target
            if needed != name and not needed.startswith(f"{name}."):
                yield needed


def circle_from(name, graph):
    """A path of modules from `name` back to itself; None if there is none."""
    seen, waiting = set(), [(name, [name])]
    while waiting:
        module, path = waiting.pop()
        for needed in graph[module]:
            if needed == name:
                return [*path, name]
            if needed not in seen:
                seen.add(needed)
                waiting.append((needed, [*path, needed]))
    return None


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_what_lies_under_it(app):
    allowed = ORDER[: ORDER.index(app) + 1]
    names = [name for name in MODULES if name.split(".")[0] == app]
    forbidden = {(n, m) for n in names for m in imported(n) if m.split(".")[0] not in allowed}
    assert not forbidden
    assert names, "the test looked at nothing"


def test_there_is_no_circle_of_modules():
    graph = {name: set(edges(name)) for name in MODULES}
    assert sum(len(needed) for needed in graph.values()) > 300, "the test looked at nothing"
    circles = [circle for name in graph if (circle := circle_from(name, graph))]
    assert not circles


def test_weasyprint_is_imported_in_one_module_and_inside_a_function():
    importers = []
    for path in MODULES.values():
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "weasyprint" for name in names):
                importers.append(path.name)
                assert node not in tree.body, "at the top of a module it costs a second per process"
    assert set(importers) <= {"pdf.py"}
    assert importers
