"""Links to what the lines are about."""

from django.urls import reverse

from web.tables import link


def mentee_link(mentee):
    """`mentee`: anything with name and uuid."""
    return link(mentee.name, reverse("mentee", args=[mentee.uuid]))


def entry_url(entry):
    if entry.page == "record_meeting":
        return f"{reverse(entry.page)}?ung={entry.uuid}"
    return reverse(entry.page, args=[entry.uuid])
