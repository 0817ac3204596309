"""The table of 1 March 2019, as an example of what each way to count gives.

Køge's school committee read it on 3 April 2019; docs/figures.md says how 10 of 26 is counted.
"""

from cases.models import Status

TABLE_2019 = {
    Status.SCHOOL: 2,
    Status.EDUCATION: 6,
    Status.YOUTH_CENTRE: 7,
    Status.INTERNSHIP: 1,
    Status.WORK: 3,
    Status.AGREEMENT: 4,
    Status.CLARIFICATION: 2,
    Status.COMPLETED: 1,
    Status.DROPPED_OUT: 0,
}
