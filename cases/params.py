"""Names and values of GET and POST parameters, and form prefixes; templates write them out."""

# The mentee list
AREA = "omraade"  # pk
STATUS = "status"
IN_PROGRESS = "i-forloeb"  # of STATUS: the default
ANY_STATUS = "alle"  # of STATUS
MENTOR = "mentor"  # pk
WITHOUT_MENTOR = "ingen"  # of MENTOR
SORT = "sorter"
BY_NAME = "navn"  # of SORT; default: longest without contact first
PAGE = "side"

# A mentee's page and Min uge
EVENT_KIND = "vis"  # a slug of history.KINDS
AGREEMENT = "aftale"  # uuid; a change of status closes it as kept
OUTCOME = "udfald"  # of an agreement or a one-tap meeting
UNDO = "fortryd"  # signed list of the rows to withdraw

STRIKE = "slet"
KEEP_TEXT = "behold"  # button; also takes the wish back

# Enrolment
CONFIRM_NAMESAKE = "ny_ung"  # another person of that name and birthday

# The meeting form
MENTEE = "ung"  # uuid
COMPANION = "med"  # uuid of another participant; repeated
ADD_COMPANIONS = "flere"
NEW_COMPANION = "tilfoej"  # uuid of one ticked; repeated
REMOVE_COMPANION = "fjern"  # uuid
CONFIRM_ANOTHER = "nyt_moede"  # this is one more meeting
KEEP_CONTACT_DETAILS = "keep_reach"  # warning accepted: those in the note are the mentee's own
NEXT_PREFIX = "naeste"
CHANGES_PREFIX = "nyt"

# Indsatsen
TOPIC = "emne"  # also the prefix of TopicForm
MOVE_UP = "op"
PUT_IN_USE = "ind"  # button; the third, "ud", takes the topic out of use
SUBSTITUTION_PREFIX = "vikar"
SIGHT_PREFIX = "laes"
SWITCH_ON, SWITCH_OFF = "til", "fra"
FROM_STEP = "trin"  # a switch on the step Persondata leads back there
