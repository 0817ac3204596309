"""Names and values of GET parameters; saved links have them."""

PROGRAMME = "indsats"
DAY = "pr"
COMPARED_WITH = "mod"
AREA = "omraade"
MENTOR = "mentor"
CONTACT_ROWS = "kontakt"

# of CONTACT_ROWS; empty is BY_MENTOR
BY_AREA = "omraade"
BY_MENTOR = "mentor"

OUTSIDE_AREAS = "udenfor"  # of AREA
WITHOUT_MENTOR = "ingen"  # of MENTOR
