"""Every address as every role: nobody is told anything of somebody outside their rows.

What each may read is counted from the rows (crawl_rows.py), apart from the product's own rule.
"""

import logging
import os
from itertools import chain

import pytest
from django.conf import settings
from django.core import mail

from mentorship.refusals import WithoutValues
from web.request_id import RequestId

from .crawl_world import World
from .crawler import Visitor, addresses, patterns, strange_addresses

pytestmark = [
    pytest.mark.slow,
    pytest.mark.one_database,  # the rows: cases/tests/test_visible_to.py on both
    pytest.mark.django_db(transaction=True),
]
NOBODY = "nobody"
LINE = settings.LOGGING["formatters"]["line"]["format"]
# Each visitor asks for one of so many addresses about people and meetings; CRAWL=all for all.
SHARE = 1 if os.environ.get("CRAWL") == "all" else 6
SHOWN = {"Mentee", "OldNote", "IssuedReport", "ReportDraft", "Invitation", "PartnerContact"}
OF_STAFF = {"User", "Invitation"}  # a mail names who invites and who is invited
# Not answered without a signed offer, a link that works, codes of one's own, or a provider.
NOT_ANSWERED = {
    *("undo", "account_accept_invitation", "account_open_invitation", "mfa_view_recovery_codes"),
    *("openid_connect_callback", "openid_connect_login", "saml_acs", "saml_finish_acs"),
    *("saml_login", "saml_metadata", "saml_sls"),
}
# A report's JSON has figures and no text.
KINDS = {
    "text/html",
    "text/csv",
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Lines(logging.Handler):
    """The lines that a site writes to its logs, as they are written."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.setFormatter(WithoutValues(LINE, style="{"))
        self.addFilter(RequestId())

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def logged():
    """The lines of all logs."""
    lines, loggers = Lines(), [logging.getLogger(name) for name in ("", "django", "security")]
    for logger in loggers:
        logger.addHandler(lines)
    yield lines.lines
    for logger in loggers:
        logger.removeHandler(lines)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def visitors(world):
    """Everybody, at the site before memberships end and the account is closed."""
    visitors = [Visitor(world, key) for key in (NOBODY, *world.users)]
    for visitor in visitors[1:]:
        visitor.sign_in()
    world.leave()
    for visitor in visitors:
        if visitor.key == "ended":
            visitor.sign_in()
        visitor.arrive()
    return visitors


def visit(visitor, number, of, programmes):
    """Follow links in each programme of the visitor's; ask for objects; send forms.

    `number`, `of`: which of how many visitors it is, where they share the addresses.
    """
    pages = [few(page, number) for page in addresses()]
    every = list(chain(*pages))
    plain = [page[0] for page in pages if len(page) == 1]
    own = [programme.slug for programme in programmes if programme.pk in visitor.rights.programmes]
    for slug in own or [""]:
        visitor.shapes.clear()
        visitor.client.get(f"/konto/?indsats={slug}")
        visitor.walk(every)
    strange = next(p.slug for p in programmes[number % 3 :] + programmes if p.slug not in own)
    visitor.walk([f"{address}?indsats={strange}" for address in plain])
    visitor.walk(list(strange_addresses())[number::of])
    for address, fields in visitor.forms:
        visitor.send(address, fields)
    for address in every[number % SHARE :: SHARE]:
        visitor.send(address, visitor.empty_form(own))


def few(addresses, number):
    """Return all, or the visitor's share of many; what they may see is linked, and followed."""
    return addresses if len(addresses) < 9 else addresses[number % SHARE :: SHARE]


def found(visitors):
    return [sentence for visitor in visitors for sentence in visitor.findings]


def test_nobody_is_told_of_somebody_outside_their_rows(world, visitors, logged):
    for number, visitor in enumerate(visitors):
        visit(visitor, number, len(visitors), [world.nord, world.syd, world.vest])
    visitors[0].send("/konto/glemt/", [("email", world.users["mentor"].email)])
    assert not found(visitors)
    is_read_whole(world, visitors)
    about_people = {word for word, secret in world.secrets.items() if secret.kind not in OF_STAFF}
    assert mail.outbox
    for message in mail.outbox:
        assert not visitors[0].words_in(str(message.message())) & about_people
    assert any("signed_out" in line for line in logged)
    assert not [line for line in logged if visitors[0].words_in(line)]


def is_read_whole(world, visitors):
    """Fail if the crawl has passed something by: a page, a kind of file, somebody's own people."""
    for visitor in visitors:
        own = {
            word
            for word, secret in world.secrets.items()
            if secret.kind in SHOWN and visitor.rights.allow(secret)
        }
        assert own <= visitor.words, f"{visitor.key} is not shown all that is theirs"
    names = {name for name, _, _ in patterns()}
    answered = {name for visitor in visitors for name in visitor.answered}
    assert names - answered == NOT_ANSWERED
    assert set().union(*(visitor.kinds for visitor in visitors)) >= KINDS
