from web.danish import listed

RECEIVERS = {"committee": "skoleudvalget", "follow_group": "følgegruppen"}


def receiver_names(codes):
    return listed([RECEIVERS[code] for code in codes])
