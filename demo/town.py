from cases.models import HousingArea, Membership, Partner, Topic

AREAS = {"Karlemoseparken": ["Karlemosen"], "Hastrupparken": [], "Ellemarken": [], "Søparken": []}
TOPICS = ("Uddannelse", "Job", "Hverdag og søvn", "Økonomi", "Bolig", "Familie", "Fritid")
PARTNERS = {
    "UUV": Partner.Kind.GUIDANCE,
    "SSP": Partner.Kind.CRIME_PREVENTION,
    "Midt- og Vestsjællands Politi": Partner.Kind.CRIME_PREVENTION,
    "Ungecenteret": Partner.Kind.YOUTH_CENTRE,
    "Køge Jobcenter": Partner.Kind.YOUTH_CENTRE,
    "Center for Dansk og Integration (CDI)": Partner.Kind.INTEGRATION,
    "Boligsocialt Fællessekretariat": Partner.Kind.HOUSING,
    "Foreningen Nydansker": Partner.Kind.ASSOCIATION,
}


def set_up(programme, roles):
    """`roles` [(User, Role)] hold from the first day."""
    HousingArea.objects.bulk_create(
        HousingArea(programme=programme, name=name, aliases=aliases, position=position)
        for position, (name, aliases) in enumerate(AREAS.items())
    )
    Partner.objects.bulk_create(
        Partner(programme=programme, name=name, kind=kind) for name, kind in PARTNERS.items()
    )
    Topic.objects.bulk_create(
        Topic(programme=programme, name=name, position=position)
        for position, name in enumerate(TOPICS)
    )
    Membership.objects.bulk_create(
        Membership(programme=programme, user=user, role=role, starts_on=programme.starts_on)
        for user, role in roles
    )
