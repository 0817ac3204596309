"""Security events: one line of JSON for each, in the log called `security`.

An event has only the facts listed here, each a key, a day or a word without spaces: a name, an
e-mail or a text cannot get into the log.
"""

import json
import logging
import re
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from web.request_id import request_id, signed_in_user

# {event: its facts}; each also has the time, the request's id, `user` (the key of whom it is about)
# and, if that is somebody else, `by` (the key of whoever was signed in).
EVENTS = {
    "signed_in": {"address", "known_device", "how"},
    "sign_in_failed": {"address", "login"},
    "sign_in_refused": {"address", "login", "limit"},
    "single_sign_on_refused": {"address", "login", "reason"},
    "single_sign_on_linked": set(),
    "too_many_requests": {"address"},
    "signed_out": {"address"},
    "session_ended": {"why"},
    "password_reset_asked": {"address", "login"},
    "password_changed": set(),
    "factor_added": {"kind"},
    "factor_removed": {"kind"},
    "factor_failed": set(),
    "factor_reset": {"programme"},
    "recovery_code_used": set(),
    "recovery_codes_made": set(),
    "mail_failed": {"mail"},
    "account_closed": set(),
    "account_opened": set(),
    "role_given": {"programme", "role", "starts_on", "ends_on"},
    "invited": {"programme", "role"},
    "invitation_accepted": {"programme", "role"},
    "role_ended": {"programme", "role", "starts_on", "ends_on"},
    "table_downloaded": {"programme", "table", "file_type", "on"},
    "report_downloaded": {"programme", "report", "file_type", "on"},
    "report_issued": {"programme", "report", "edition"},
    "report_withdrawn": {"programme", "report"},
    "register_exported": {"programme"},
    "register_imported": {"programme"},
    "setting_changed": {"programme", "setting", "value"},
}
WORD = re.compile(r"[A-Za-z0-9:._%-]{1,64}")

logger = logging.getLogger("security")


def record(event, *, user=None, **facts):
    """`user`: the key of whom it is about; by default, who is signed in.

    Raise ValueError for a fact that is not listed for the event, or that may hold a text.
    """
    unknown = facts.keys() - EVENTS[event]
    if unknown:
        raise ValueError(f"{event} has no {', '.join(sorted(unknown))}")
    signed_in = signed_in_user()
    user = signed_in if user is None else user
    line = {"time": localtime(), "event": event, "request": request_id(), "user": user}
    if signed_in != user:
        line["by"] = signed_in
    known = {name: plain(value) for name, value in (line | facts).items() if value is not None}
    logger.info(json.dumps(known))


def record_after_commit(event, **facts):
    transaction.on_commit(partial(record, event, **facts))


def plain(value):
    """Raise ValueError for what may be a text."""
    if isinstance(value, (bool, int)):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, (date, UUID)) or WORD.fullmatch(text):
        return text
    raise ValueError("not a key, a day or a word")


def fingerprint(email):
    """Return what stands for an e-mail nobody has: secret, and the same each time."""
    return salted_hmac("security_log", email.lower()).hexdigest()[:16]
