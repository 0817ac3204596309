"""Every form that is written: once, in the programme it was drawn for, with nothing typed lost.

FORMS (forms.py) has a line for each guarded address that accepts POST; one without a line fails.
"""

import html

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.test import Client, RequestFactory

from accounts.tests.builders import sign_in as enter
from cases.models import Agreement, FieldChange, Membership, Role, Submission
from cases.tests.builders import end_roles
from conftest import STARTED
from mentorship.views import server_error
from mentorship.writing import UNGUARDED, WITH_OWN_TRANSACTION
from web import expired_session

from .forms import FORMS, GUARDED, TYPED, a_stage, hidden, posted_addresses, rows

every_form = pytest.mark.parametrize("name", FORMS)
every_form_with_a_key = pytest.mark.parametrize("name", GUARDED)


@pytest.fixture
def stage(yusuf, bilal, mette, rashid, torben, programme, other_programme):
    """One of each thing a form can be about; all three are members elsewhere too."""
    for user, role in ((torben, Role.COORDINATOR), (mette, Role.MENTOR), (rashid, Role.MENTOR)):
        Membership.objects.create(
            programme=other_programme, user=user, role=role, starts_on=STARTED
        )
    return a_stage(
        yusuf=yusuf, bilal=bilal, mette=mette, rashid=rashid, torben=torben, programme=programme
    )


@pytest.fixture
def visitor(request, programme):
    """visitor(name): a signed-in client of the one who sends the form; it adds no fields itself."""

    def visitor(name):
        client = Client()
        user = request.getfixturevalue(FORMS[name].who)
        enter(client, user)
        client.get(f"/hjaelp/?indsats={programme.slug}")
        return client

    return visitor


def text_of(response):
    return html.unescape(response.content.decode())


@every_form_with_a_key
def test_the_same_form_again_is_saved_once(stage, visitor, programme, name):
    address, data = stage(name)
    client, fields = visitor(name), hidden(programme)
    before = rows()
    first = client.post(address, data | fields)
    after = rows()
    assert first.status_code == 302 and after != before
    again = client.post(address, data | fields)
    assert (again.status_code, again.url) == (302, first.url)
    assert rows() == after
    assert "Allerede gemt" in str([str(m) for m in get_messages(again.wsgi_request)])
    assert Submission.objects.get().programme == programme


@every_form
def test_a_form_of_another_programme_writes_nothing_and_keeps_its_text(
    stage, visitor, programme, other_programme, name
):
    address, data = stage(name)
    before = rows()
    answer = visitor(name).post(address, data | hidden(other_programme))
    assert answer.status_code == 409
    assert rows() == before and not Submission.objects.exists()
    page = text_of(answer)
    assert f"Formularen hører til {other_programme}, men du har valgt {programme}" in page
    assert f"Skift til {other_programme}, og gem" in page
    assert not list(get_messages(answer.wsgi_request)), "the view said that it had saved"
    assert TYPED in page or TYPED not in data.values()


def test_the_form_is_saved_where_it_belongs_with_one_tap(
    stage, visitor, programme, other_programme
):
    address, data = stage("add_topic")
    client = visitor("add_topic")
    refused = client.post(address, data | hidden(other_programme))
    assert refused.status_code == 409
    action = f"{address}?indsats={other_programme.slug}"
    assert f'action="{action}"' in refused.text
    assert client.post(action, data | hidden(other_programme)).status_code == 302
    assert other_programme.topics.filter(name=TYPED).exists()
    assert not programme.topics.filter(name=TYPED).exists()


@every_form
def test_an_address_of_a_programme_one_is_not_in_keeps_the_text(stage, visitor, programme, name):
    address, data = stage(name)
    client, before = visitor(name), rows()
    strange = f"{address}{'&' if '?' in address else '?'}indsats=findes-ikke"
    answer = client.post(strange, data | hidden(programme))
    assert answer.status_code == 404
    assert TYPED in answer.text or TYPED not in data.values()
    assert rows() == before


@every_form
def test_an_empty_form_changes_nothing(stage, visitor, name):
    address, _ = stage(name)
    before = rows()
    answer = visitor(name).post(address, {})
    assert answer.status_code == 400 and "Intet er gemt" in answer.text
    assert rows() == before


@every_form
def test_a_form_with_nothing_but_its_key_never_breaks(stage, visitor, programme, name):
    address, _ = stage(name)
    answer = visitor(name).post(address, hidden(programme))
    assert answer.status_code in (302, 400, 404, 409, 422)


@every_form
def test_rights_that_end_meanwhile_leave_the_text_on_the_page(
    stage, visitor, programme, rashid, name
):
    address, data = stage(name)
    client = visitor(name)
    stays = {"user": rashid, "role": Role.OPERATOR}  # a programme keeps an operator
    end_roles(Membership.objects.filter(programme=programme).exclude(**stays))
    before = rows()
    answer = client.post(address, data | hidden(programme))
    assert answer.status_code in (403, 404, 409)
    assert rows() == before
    page = text_of(answer)
    assert "Intet er gemt" in page
    assert TYPED in page or TYPED not in data.values()
    assert "Yusuf" not in page or "Yusuf Hamdan" in data.values()  # only what was sent itself


@every_form_with_a_key
def test_another_text_under_the_same_key_is_asked_about(stage, visitor, programme, name):
    """The page came back with the browser's Back, was changed and sent again."""
    address, data = stage(name)
    client, fields = visitor(name), hidden(programme)
    assert client.post(address, data | fields).status_code == 302
    after = rows()
    answer = client.post(address, data | fields | {"note": "Noget Andet"})
    assert answer.status_code == 409 and "Noget Andet" in answer.text
    assert "Gem det nye også" in answer.text
    assert rows() == after


@every_form_with_a_key
def test_signed_out_while_typing(stage, visitor, programme, name, request):
    address, data = stage(name)
    client = visitor(name)
    author = expired_session.author(request.getfixturevalue(FORMS[name].who))
    client.logout()
    before = rows()
    sent_on = client.post(address, data | hidden(programme, author=author))
    assert sent_on.status_code == 302 and "log-ind" in sent_on.url
    assert rows() == before
    user = request.getfixturevalue(FORMS[name].who)
    enter(client, user)
    client.get(f"/hjaelp/?indsats={programme.slug}")
    page = client.get(address)
    assert page.status_code == 200 and "Det blev ikke sendt" in page.text
    assert TYPED in text_of(page) or TYPED not in data.values()
    assert client.post(address, data | hidden(programme)).status_code == 302


@every_form
def test_a_message_that_cannot_be_stored_takes_the_rows_with_it(
    stage, visitor, programme, name, monkeypatch
):
    """The page never says "not saved" about something that is."""
    address, data = stage(name)
    client = visitor(name)
    client.raise_request_exception = False

    def fail(self, must_create=False):
        raise DatabaseError("disk full")

    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", fail)
        answer = client.post(address, data | hidden(programme))
    if answer.status_code == 302:  # nothing to say: no message, so no session to store
        assert not list(get_messages(answer.wsgi_request))
    else:
        assert answer.status_code == 500 and rows() == before


def test_every_address_that_accepts_a_form_has_a_line():
    assert set(posted_addresses()) == {*FORMS, *UNGUARDED, *WITH_OWN_TRANSACTION}


def test_a_server_error_holds_the_text_and_sends_it_again_once(
    stage, visitor, programme, monkeypatch
):
    address, data = stage("make_agreement")
    client, fields = visitor("make_agreement"), hidden(programme)
    client.raise_request_exception = False
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(Agreement, "make", lambda self, by: 1 / 0)
        answer = client.post(address, data | fields)
    assert answer.status_code == 500 and rows() == before
    page = " ".join(answer.text.split())
    assert TYPED in page and "gemmes kun én gang" in page
    assert fields["form_key"] in answer.text  # so that it is the same form
    assert client.post(address, data | fields).status_code == 302
    assert client.post(address, data | fields).status_code == 302
    assert len(rows()["Agreement"]) == len(before["Agreement"]) + 1


def test_a_server_error_without_a_form_offers_nothing_to_send(client, db):
    page = server_error(RequestFactory().get("/")).content.decode()
    assert "Send igen" not in page and "sig det til din tovholder" in page


def test_a_form_that_was_refused_can_be_mended_under_its_key(stage, visitor, programme):
    address, data = stage("make_agreement")
    client, fields = visitor("make_agreement"), hidden(programme)
    assert client.post(address, data | fields | {"what": ""}).status_code == 422
    assert not Submission.objects.exists()
    assert client.post(address, data | fields).status_code == 302


def test_what_was_not_done_is_not_called_saved(stage, visitor, programme):
    """The agreement was closed meanwhile: the answer is the same warning each time."""
    address, data = stage("close_agreement")
    client, fields = visitor("close_agreement"), hidden(programme)
    assert client.post(address, data | hidden(programme)).status_code == 302
    for _ in range(2):
        answer = client.post(address, data | fields)
        sentences = [str(message) for message in get_messages(answer.wsgi_request)]
        assert sentences[-1] == "Aftalen er allerede afsluttet."


def test_a_form_saved_before_the_session_ended_is_not_saved_again(stage, visitor, programme, mette):
    """The answer was lost, the session expired, and the form was sent again."""
    address, data = stage("make_agreement")
    client = visitor("make_agreement")
    fields = hidden(programme, author=expired_session.author(mette))
    client.post(address, data | fields)
    client.logout()
    client.post(address, data | fields)
    enter(client, mette)
    client.get(f"/hjaelp/?indsats={programme.slug}")
    page = client.get(address)
    assert fields["form_key"] in page.text
    client.post(address, data | fields)
    assert len([row for row in rows()["Agreement"] if row["what"] == TYPED]) == 1


def test_a_server_error_shows_no_password():
    request = RequestFactory().post("/konto/log-ind/", {"password": "en lang adgangskode"})
    assert "adgangskode" not in server_error(request).content.decode()


def test_a_setting_leaves_a_trace(stage, visitor, programme, torben):
    address, data = stage("set_two_to_issue")
    visitor("set_two_to_issue").post(address, data | hidden(programme))
    change = FieldChange.objects.get(field="two_to_issue")
    assert (change.before, change.after, change.recorded_by) == ("nej", "ja", torben)
