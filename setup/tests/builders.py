"""Builders of test data: an invitation."""

from setup.models import Invitation
from web.dates import today


def an_invitation(programme, by, email="sofie@example.dk", role="mentor", **fields):
    """Return (Invitation, token) of Sofie Lund."""
    fields = {"name": "Sofie Lund", "starts_on": today()} | fields
    invitation = Invitation(programme=programme, email=email, role=role, **fields)
    token, _ = invitation.invite(by)
    return invitation, token
