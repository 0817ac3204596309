"""Names of GET and POST parameters."""

DAY = "pr"  # also DayForm's field
FINGERPRINT = "set"  # of the proposal that was looked at
ACCEPTED = "forbehold"  # a checkbox
