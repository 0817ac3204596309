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
PAGE = "side"  # number

# A mentee's page and Min uge
EVENT_KIND = "vis"  # of the events shown: a slug of history.KINDS
AGREEMENT = "aftale"  # uuid; a change of status closes it as kept
OUTCOME = "udfald"  # of an agreement or a one-tap meeting
UNDO = "fortryd"  # signed list of the rows to withdraw

STRIKE = "slet"  # button: yes, erase the text
KEEP_TEXT = "behold"  # button: no, or the wish is taken back

# Enrolment
CONFIRM_NAMESAKE = "ny_ung"  # warning accepted: another person of that name and birthday

# The meeting form
MENTEE = "ung"  # uuid
COMPANION = "med"  # uuid of another participant; repeated
ADD_COMPANIONS = "flere"  # button: add those ticked
NEW_COMPANION = "tilfoej"  # uuid of one ticked; repeated
REMOVE_COMPANION = "fjern"  # button; its value is the uuid
CONFIRM_ANOTHER = "nyt_moede"  # warning accepted: this is one more meeting
KEEP_CONTACT_DETAILS = "keep_reach"  # warning accepted: those in the note are the mentee's own
NEXT_PREFIX = "naeste"  # of NextAppointmentForm
CHANGES_PREFIX = "nyt"  # of ChangesForm

# Indsatsen
TOPIC = "emne"  # pk; also the prefix of TopicForm
MOVE_UP = "op"  # button: one place up
PUT_IN_USE = "ind"  # button; the third, "ud", takes the topic out of use
SUBSTITUTION_PREFIX = "vikar"  # of SubstitutionForm
SIGHT_PREFIX = "laes"  # of SubstituteSightForm
SWITCH_ON, SWITCH_OFF = "til", "fra"  # buttons of a setting
