"""A form posted after the session expired: kept an hour, restored for the same user."""

import time

from django.core import signing
from django.http import QueryDict

KEY, SALT = "kept_form", "cases.kept"
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
MOST = 50_000  # characters


def author(user):
    """Value of the hidden field `author`."""
    return signing.dumps(user.pk, salt=SALT)


def keep(request):
    """Store the form if it names its user."""
    try:
        pk = signing.loads(request.POST.get("author", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return
    data = request.POST.urlencode()
    if len(data) <= MOST:
        request.session[KEY] = {
            "author": pk,
            "url": request.get_full_path(),
            "data": data,
            "at": time.time(),
        }


def take(request):
    """Return the form of this address, once, or None."""
    kept = request.session.get(KEY)
    if kept is None or kept["url"] != request.get_full_path():
        return None
    drop(request)
    return QueryDict(kept["data"]) if time.time() - kept["at"] < AN_HOUR else None


def drop(request):
    request.session.pop(KEY, None)
