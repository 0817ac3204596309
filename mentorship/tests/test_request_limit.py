"""A user who asks for very many pages or files waits."""

import pytest
from django.urls import reverse

from mentorship import request_limit
from mentorship.request_limit import Counter


def test_a_window_begins_with_the_first_request_and_is_not_prolonged():
    now = [0]
    counter = Counter(2, 60, timer=lambda: now[0])

    assert [counter.is_over(1) for _ in range(3)] == [False, False, True]
    assert counter.is_over(2) is False
    now[0] = 59
    assert counter.is_over(1) is True
    now[0] = 60
    assert counter.is_over(1) is False


def test_pages(sign_in, settings, mette, torben):
    settings.REQUESTS_A_MINUTE = 3
    client = sign_in(mette)  # the numbers live as long as the client's handler
    answers = [client.get(reverse("my_week")).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    assert sign_in(torben).get(reverse("mentees")).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_have_a_limit_of_their_own(sign_in, settings, monkeypatch, torben, ending):
    settings.REQUESTS_A_MINUTE = 1000
    monkeypatch.setattr(request_limit, "FILES_IN_TEN_MINUTES", 2)
    client = sign_in(torben)
    address = reverse("overview_table", args=["mentorer", ending])
    answers = [client.get(address).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert client.get(reverse("overview")).status_code == 200


def test_a_report_is_a_file_too(sign_in, settings, monkeypatch, torben):
    settings.REQUESTS_A_MINUTE = 1000
    monkeypatch.setattr(request_limit, "FILES_IN_TEN_MINUTES", 0)
    client = sign_in(torben)

    assert client.get(reverse("draft_report_pdf")).status_code == 429
