"""`manage.py new_programme`: the first step without a browser."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Membership, Programme, Role


def run(name="Unge på Vej", **options):
    out = StringIO()
    options = {"starts_on": "2026-08-01", "operator": "Olga@example.dk"} | options
    call_command("new_programme", name, stdout=out, **options)
    return out.getvalue()


def test_the_same_programme_as_the_first_step(olga):
    out = run(sender="Sekretariatet", ends_on="2027-12-31")
    programme = Programme.objects.get(slug="unge-paa-vej")
    assert (programme.sender, str(programme.ends_on)) == ("Sekretariatet", "2027-12-31")
    assert programme.set_up_at is None
    membership = Membership.objects.get(programme=programme)
    assert (membership.user, membership.role) == (olga, Role.OPERATOR)
    assert "/indsats/opsaetning/?indsats=unge-paa-vej" in out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"operator": "nobody@example.dk"}, "first_operator"),
        ({"operator": "torben@example.dk"}, "no operator"),
        ({"name": "…"}, "name: "),
        ({"name": "UNGE MED MÅL"}, "Der er allerede en indsats"),
        ({"starts_on": "i morgen"}, "starts_on: Den dag findes ikke."),
        ({"ends_on": "2020-01-01"}, "før den begynder"),
    ],
)
def test_what_it_refuses(olga, torben, wrong, said):
    with pytest.raises(CommandError) as refused:
        run(**wrong)
    assert said in str(refused.value)
    assert refused.value.returncode == 2
    assert Programme.objects.count() == 1
