"""Names of the GET and POST parameters of reports. Values must not change: addresses hold them."""

DAY = "pr"  # the report's day; also the name of DayForm's field
SEEN = "set"  # the fingerprint of the proposal that was looked at
ACCEPTED = "forbehold"  # sent when the caveats are ticked
