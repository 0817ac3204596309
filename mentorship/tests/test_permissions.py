"""A permission that no role has is an error, and no permission in the code is misspelt."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from mentorship.context_processors import FULL_NAMES, May
from mentorship.permissions import KNOWN, UnknownPermission

ROOT = Path(settings.BASE_DIR)
APPS = (
    "accounts",
    "cases",
    "demo",
    "imports",
    "mentorship",
    "overview",
    "reporting",
    "setup",
    "web",
)
A_PERMISSION = re.compile(r"(?:accounts|cases|reporting|setup)\.[a-z_]+")
CHECKS = {"has_perm", "has_perms", "programmes_where"}


def test_a_misspelt_permission_is_an_error(torben, programme):
    assert torben.has_perm("cases.match_mentor", programme)
    with pytest.raises(UnknownPermission, match=r"cases\.match_mentro"):
        torben.has_perm("cases.match_mentro", programme)


def test_a_misspelt_permission_in_a_template_is_an_error(torben, programme, rf):
    request = rf.get("/")
    request.user, request.programme = torben, programme
    context = Context({"may": May(request)})
    assert Template("{% if may.match_mentor %}ja{% endif %}").render(context) == "ja"
    with pytest.raises(UnknownPermission):
        Template("{% if may.match_mentro %}ja{% endif %}").render(context)


def in_code(path):
    """The permissions a module names: in `permission_required` and in calls that ask."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            named = getattr(node.func, "attr", getattr(node.func, "id", ""))
            parts = node.args if named in CHECKS else []
        elif isinstance(node, ast.Assign):
            targets = {getattr(target, "id", "") for target in node.targets}
            parts = [node.value] if "permission_required" in targets else []
        elif isinstance(node, ast.FunctionDef) and node.name == "get_permission_required":
            parts = node.body
        else:
            continue
        for part in parts:
            for constant in ast.walk(part):
                value = getattr(constant, "value", None)
                if isinstance(value, str) and A_PERMISSION.fullmatch(value):
                    yield value


def test_every_permission_in_the_code_is_in_the_table():
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    named = {name for path in paths if "tests" not in path.parts for name in in_code(path)}
    assert len(named) > 12, "the test looked at nothing"
    assert named <= KNOWN


def test_every_permission_in_a_template_is_in_the_table():
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    named = {name for text in texts for name in re.findall(r"\bmay\.([a-z_]+)", text)}
    assert len(named) > 2, "the test looked at nothing"
    assert named <= FULL_NAMES.keys()
