"""One login per role, all with one password made on this machine."""

import os
import secrets
from typing import NamedTuple

from django.conf import settings

from accounts.models import User
from cases.models import Role

from .tables import rows

# key | name | role | what to look at
LOGINS = """
mette   | Mette Sørensen | mentor       | Min uge: ten young people, one of them Yusuf Hamdan
torben  | Torben Kjær    | coordinator
  | Overblik of Demoindsatsen; Køge in 2019 with ?indsats=koege-2018
kirsten | Kirsten Holm   | committee    | Rapporter: what has been issued to the group
farid   | Farid Aziz     | follow_group | Rapporter: what has been issued to the group
olga    | Olga Lund      | operator     | Konto: no young people, no figures
rashid  | Rashid Noor    | mentor       | ten young people
line    | Line Bech      | mentor       | seven young people
peter   | Peter Aagaard  | mentor       | seven young people, not all of them met each week
anders  | Anders Bay     | mentor       | the one mentor in Køge in 2018 and 2019
signe   | Signe Krogh    | mentor       | Naboindsatsen: sees nothing of the others
"""

WORDS = """
anker bakke birk blomst cykel drage fjord gnist granit hassel havn hvede
kaffe kastanje klint kompas lanterne lygte mark morgen nordlys pensel perle planke
regnbue saltvand sejl skov solsort sommer stjerne storm tavle tinde torsk vinter
"""

LOST = (
    "Their password was kept in var/demo/password, which is gone; manage.py changepassword sets "
    "another."
)


class Login(NamedTuple):
    key: str
    name: str
    role: Role
    see: str

    @property
    def email(self):
        return f"{self.key}@demo.example"


ALL = [Login(key, name, Role(role), see) for key, name, role, see in rows(LOGINS)]


def create(password):
    """{key: User}; existing users stay as they are."""
    users = existing()
    return {
        login.key: users.get(login.email)
        or User.objects.create_user(login.email, password, name=login.name)
        for login in ALL
    }


def existing():
    return {
        user.email: user for user in User.objects.filter(email__in=[login.email for login in ALL])
    }


def let_in_without_factor(user):
    """Whether the user is an invented one on a local site that asks these for no second factor."""
    without = settings.LOCAL and not settings.DEMO_ASKS_FACTOR
    return without and user.email in {login.email for login in ALL}


def password_file():
    return settings.VAR_DIR / "demo" / "password"


def stored_password():
    path = password_file()
    return path.read_text().strip() if path.exists() else None


def store_password(password):
    """Only the file's owner can read it."""
    path = password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(f"{password}\n")


def choose_password():
    """DEMO_PASSWORD, else an earlier one, else a new one like 'kompas-birk-lygte-47'."""
    return os.environ.get("DEMO_PASSWORD") or stored_password() or invented_password()


def invented_password():
    words = "-".join(secrets.choice(WORDS.split()) for _ in range(3))
    return f"{words}-{secrets.randbelow(90) + 10}"
