"""scripts/audit.py: a known vulnerability fails the lint, a registry without answers does not."""

import audit
import pytest

SAFE = {"name": "django", "version": "5.2.19", "vulns": []}
FLAWED = SAFE | {"vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.20"]}]}
UNANSWERED = {"name": "pillow", "skip_reason": "not found"}


@pytest.fixture
def answers(monkeypatch):
    monkeypatch.setattr(audit, "write_sbom", lambda: None)
    return lambda packages: monkeypatch.setattr(audit, "ask", lambda: packages)


def test_a_known_vulnerability_fails(answers, capsys):
    answers([FLAWED, UNANSWERED])
    assert audit.main()
    assert "django 5.2.19: PYSEC-1, fixed in 5.2.20" in capsys.readouterr().out


@pytest.mark.parametrize(("packages", "audited"), [([SAFE, UNANSWERED], "1 of 2"), ([], "0 of 0")])
def test_no_answer_is_said_and_does_not_fail(answers, capsys, packages, audited):
    answers(packages)
    assert not audit.main()
    printed = capsys.readouterr().out
    assert f"{audited} packages audited" in printed and "no vulnerability data" in printed
