"""Names of GET and POST parameters."""

DAY = "pr"  # also DayForm's field
FINGERPRINT = "set"  # of the proposal that was looked at
ACCEPTED = "forbehold"  # a checkbox
NOT_THE_MENTEE = "ikke_den_unge_"  # and the word: warning accepted, it is somebody else's name
YES, NO = "ja", "nej"  # buttons of the second person
CLOSED = "lukket"  # the agenda item of a full edition is a closed one
