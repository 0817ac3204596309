"""Names of POST parameters and form prefixes; templates write them out."""

PUT_IN_USE, TAKE_OUT = "ind", "ud"  # buttons of a partner or an area
USUAL = "gaengs"  # prefix of UsualPartnersForm
CONTACT = "kontakt"  # prefix of ContactForm
COURSE = "ung"  # of ClosingForm: what happens to the one of that key
KEEP_OPEN = "aaben"  # warning accepted: some courses stay open
USER = "bruger"  # in an address: whose factor is lost
COUNT = "tael"  # button: count with what is chosen, and save nothing
OF_THE_PAST = "bagud"  # warning accepted: it is about days gone by
READ = "laes"  # button: read the lines, and save nothing
WITH_RESIDENTS = "beboet"  # warning accepted: somebody lives in the area
RENAME, USE = "navn", "brug"  # prefixes of AreaNameForm and AreaUseForm
CLOSE = "luk"  # button of a step: save, and go on another day
OWN_PARTNER = "egen"  # prefix of a step's PartnerForm, and its button
