from django.urls import reverse

from web.addresses import address
from web.tables import link


def mentee_link(mentee):
    """`mentee`: anything with name and uuid."""
    return link(mentee.name, address("mentee", mentee.uuid))


def entry_url(entry):
    if entry.page == "record_meeting":
        return f"{reverse(entry.page)}?ung={entry.uuid}"
    return address(entry.page, entry.uuid)
