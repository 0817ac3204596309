"""A form posted after the session expired: kept an hour, restored for the same user."""

import time
from importlib import import_module

from django.conf import settings
from django.core import signing
from django.http import QueryDict

KEY, SALT = "kept_form", "cases.kept"
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
MOST = 50_000  # characters


def author(user):
    """The value of the hidden field `author`."""
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


def forget(texts, about):
    """Take the kept forms that hold one of the texts out of everybody's session.

    `about`: the uuid of the young person, which stands in the form or its address.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in store.get_model_class().objects.iterator():
        data = row.get_decoded()
        kept = data.get(KEY)
        if kept is None or about not in kept["url"] + kept["data"]:
            continue
        words = {plain(value) for _, values in QueryDict(kept["data"]).lists() for value in values}
        if any(plain(text) in word for text in texts for word in words):
            del data[KEY]
            row.session_data = store().encode(data)
            row.save(update_fields=["session_data"])  # its end stays as it was


def plain(text):
    """The text with the line ends of a database rather than a form."""
    return text.replace("\r\n", "\n")
