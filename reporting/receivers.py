"""Who a status report is for."""

from web.danish import listed

RECEIVERS = {"committee": "skoleudvalget", "follow_group": "følgegruppen"}


def receiver_names(codes):
    """'skoleudvalget og følgegruppen'"""
    return listed([RECEIVERS[code] for code in codes])
