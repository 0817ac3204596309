"""The reports of the demo: what the committee's login finds."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from demo import koege_2018, logins
from reporting.models import Decision, IssuedReport
from web.dates import today


@pytest.mark.slow
def test_the_committee_reads_the_report_of_1_march_2019(db, sign_in, capsys):
    users = logins.create("en lang adgangskode")
    koege_2018.build(users, today())
    for _ in range(2):  # the second time there is nothing to do
        call_command("demo_reports")
    assert [report.name for report in IssuedReport.objects.newest_first()] == ["2019-1", "2018-1"]
    report = IssuedReport.objects.get(year=2019)
    assert [row.count for row in report.report.rows] == [2, 6, 7, 1, 3, 4, 2, 1, 0]
    assert report.report.since.number == "2018-1"
    assert Decision.objects.get().report == report
    page = sign_in(users["kirsten"]).get(reverse("issued_report", args=[report.uuid])).text
    assert (
        "Ad. 1. Taget til efterretning." in page
        and "Forankringsmuligheder".casefold() in page.casefold()
    )
