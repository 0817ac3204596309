"""What somebody typed while his session ended is kept until he has signed in again, and shown to nobody else.

The form says who it was made for, signed; it waits in the new session for at most an hour.
"""

import time

from django.core import signing
from django.http import QueryDict

KEY, SALT = "kept_form", "cases.kept"
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
MOST = 50_000  # characters


def author(user):
    """What the form's hidden field `author` says: for whom it was made."""
    return signing.dumps(user.pk, salt=SALT)


def keep(request):
    """Keep the form of a request that came too late, when it says for whom it was made."""
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
    """The form kept for this address, as a QueryDict; None when there is none. It is given once."""
    kept = request.session.get(KEY)
    if kept is None or kept["url"] != request.get_full_path():
        return None
    drop(request)
    return QueryDict(kept["data"]) if time.time() - kept["at"] < AN_HOUR else None


def drop(request):
    request.session.pop(KEY, None)
