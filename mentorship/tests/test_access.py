"""The ACCESS matrix: what each person of the cast gets at every address.

The rows are about Yusuf, who is Mette's; Rashid is a mentor of the same programme, Signe of
another. A page without a line fails. Who is not in yet or not any longer: test_not_in.py; who has
shown a password alone: test_second_factor.py.
"""

import uuid

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.tests.builders import sign_in as enter
from cases.models import Agreement, Expectation, KeyFigure
from cases.tests.builders import a_contact, a_strike, an_old_goal, log
from imports.models import ImportRun
from reporting.models import ReportDraft, ReportWithdrawal, SingleIssuerProposal
from reporting.tests.examples import an_issued_report
from setup.models import FactorReset
from setup.tests.builders import an_invitation
from web.dates import today

CAST = ("nobody", "mette", "rashid", "torben", "kirsten", "farid", "olga", "signe")
IN = 302  # asked to sign in, or sent on to the page that answers

# name                          nobody mette rashid torben kirsten farid olga signe
ACCESS = {
    "home": (IN, 302, 302, 302, 302, 302, 302, 302),
    "help": (IN, 200, 200, 200, 200, 200, 200, 200),
    "accessibility": (200, 200, 200, 200, 200, 200, 200, 200),
    "privacy": (200, 200, 200, 200, 200, 200, 200, 200),
    "health": (200, 200, 200, 200, 200, 200, 200, 200),
    "offline": (200, 200, 200, 200, 200, 200, 200, 200),
    "service_worker": (200, 200, 200, 200, 200, 200, 200, 200),
    "account": (IN, 200, 200, 200, 200, 200, 200, 200),
    # signing in
    "account_login": (200, 302, 302, 302, 302, 302, 302, 302),
    "account_logout": (302, 200, 200, 200, 200, 200, 200, 200),
    "account_signup": (200, 302, 302, 302, 302, 302, 302, 302),
    "account_inactive": (200, 200, 200, 200, 200, 200, 200, 200),
    "account_end_sessions": (IN, 302, 302, 302, 302, 302, 302, 302),
    "account_reauthenticate": (IN, 200, 200, 200, 200, 200, 200, 200),
    "account_change_password": (IN, 200, 200, 200, 200, 200, 200, 200),
    "account_set_password": (302, 302, 302, 302, 302, 302, 302, 302),
    "account_reset_password": (200, 200, 200, 200, 200, 200, 200, 200),
    "account_reset_password_done": (200, 200, 200, 200, 200, 200, 200, 200),
    "account_reset_password_from_key_done": (200, 200, 200, 200, 200, 200, 200, 200),
    # Says that the link does not work.
    "account_reset_password_from_key": (200, 200, 200, 200, 200, 200, 200, 200),
    # single sign-on, which is not set up: accounts/tests/test_oidc.py and test_saml.py set it up
    "openid_connect_login": (404,) * 8,
    "openid_connect_callback": (404,) * 8,
    "saml_login": (404,) * 8,
    "saml_acs": (404,) * 8,
    "saml_finish_acs": (404,) * 8,
    "saml_metadata": (404,) * 8,
    "saml_sls": (404,) * 8,
    # the second factor
    "mfa_authenticate": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_login_webauthn": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_reauthenticate": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_reauthenticate_webauthn": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_index": (IN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_add_webauthn": (IN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_activate_totp": (IN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_deactivate_totp": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_remove_factor": (IN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_view_recovery_codes": (IN, 404, 404, 404, 404, 404, 404, 404),  # they have none
    "mfa_generate_recovery_codes": (IN, 200, 200, 200, 200, 200, 200, 200),
    # a mentor's own, and the programme's lists: Signe sees her own programme's
    "my_week": (IN, 200, 200, 403, 403, 403, 403, 200),
    "mentees": (IN, 200, 200, 200, 403, 403, 403, 200),
    "take_in": (IN, 200, 200, 200, 403, 403, 403, 200),
    # Yusuf
    "mentee": (IN, 200, 404, 200, 404, 404, 404, 404),
    "edit_mentee": (IN, 200, 404, 200, 404, 404, 404, 404),
    "change_status": (IN, 200, 404, 200, 404, 404, 404, 404),
    "move": (IN, 200, 404, 200, 404, 404, 404, 404),
    "match_mentor": (IN, 403, 404, 200, 404, 404, 404, 404),
    "pause": (IN, 200, 404, 200, 404, 404, 404, 404),
    "end_pause": (IN, 200, 404, 200, 404, 404, 404, 404),
    "make_agreement": (IN, 200, 404, 200, 404, 404, 404, 404),
    "plan_appointment": (IN, 200, 404, 200, 404, 404, 404, 404),
    "withdraw_fact": (IN, 200, 404, 200, 404, 404, 404, 404),
    "close_agreement": (IN, 200, 404, 200, 404, 404, 404, 404),
    "record_meeting": (IN, 200, 404, 200, 404, 404, 404, 404),
    "correct_meeting": (IN, 200, 404, 200, 404, 404, 404, 404),
    "withdraw_meeting": (IN, 200, 404, 200, 404, 404, 404, 404),
    "ask_to_strike": (IN, 200, 404, 200, 404, 404, 404, 404),
    "answer_strike": (IN, 200, 404, 200, 404, 404, 404, 404),
    "quick_record": (IN, 302, 404, 302, 404, 404, 404, 404),
    "undo": (IN, 404, 404, 404, 404, 404, 404, 404),
    # the programme as a whole
    "programme": (IN, 403, 403, 200, 403, 403, 403, 403),
    "add_topic": (IN, 403, 403, 200, 403, 403, 403, 403),
    "change_topic": (IN, 403, 403, 302, 403, 403, 403, 403),
    "add_substitution": (IN, 403, 403, 200, 403, 403, 403, 403),
    "set_substitute_sight": (IN, 403, 403, 200, 403, 403, 403, 403),
    "end_substitution": (IN, 403, 403, 302, 403, 403, 403, 403),
    "set_drafts": (IN, 403, 403, 302, 403, 403, 302, 403),
    "set_mfa_for_readers": (IN, 403, 403, 302, 403, 403, 302, 403),
    "set_phones": (IN, 403, 403, 302, 403, 403, 302, 403),
    # setting a programme up: operators of any programme begin a new one
    "new_programme": (IN, 403, 403, 403, 403, 403, 200, 403),
    "setup": (IN, 403, 403, 302, 403, 403, 302, 403),
    "setup_name": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_areas": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_goal": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_people": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_partners": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_privacy": (IN, 403, 403, 200, 403, 403, 200, 403),
    "setup_begin": (IN, 403, 403, 200, 403, 403, 200, 403),
    "partners": (IN, 403, 403, 200, 403, 403, 403, 403),
    "add_partner": (IN, 403, 403, 200, 403, 403, 403, 403),
    "add_usual_partners": (IN, 403, 403, 200, 403, 403, 403, 403),
    "partner": (IN, 403, 403, 200, 403, 403, 403, 403),
    "use_partner": (IN, 403, 403, 302, 403, 403, 403, 403),
    "add_contact": (IN, 403, 403, 200, 403, 403, 403, 403),
    "withdraw_contact": (IN, 403, 403, 302, 403, 403, 403, 403),
    "areas": (IN, 403, 403, 200, 403, 403, 403, 403),
    "area": (IN, 403, 403, 200, 403, 403, 403, 403),
    "rename_area": (IN, 403, 403, 200, 403, 403, 403, 403),
    "use_area": (IN, 403, 403, 200, 403, 403, 403, 403),
    "key_figures": (IN, 403, 403, 200, 403, 403, 403, 403),
    "withdraw_key_figure": (IN, 404, 404, 200, 404, 404, 404, 404),
    "programme_life": (IN, 403, 403, 200, 403, 403, 403, 403),
    "link_programme": (IN, 403, 403, 200, 403, 403, 403, 403),
    "close_programme": (IN, 403, 403, 200, 403, 403, 403, 403),
    "reopen_programme": (IN, 403, 403, 302, 403, 403, 403, 403),
    "copy_programme": (IN, 403, 403, 200, 403, 403, 403, 403),
    "set_two_to_issue": (IN, 403, 403, 302, 403, 403, 403, 403),
    "import_register": (IN, 403, 403, 200, 403, 403, 403, 403),
    "import_run": (IN, 404, 404, 200, 404, 404, 404, 404),
    "import_template": (IN, 403, 403, 200, 403, 403, 403, 403),
    "overview": (IN, 403, 403, 200, 403, 403, 403, 403),
    "overview_table": (IN, 403, 403, 200, 403, 403, 403, 403),
    "missing_data": (IN, 403, 403, 200, 403, 403, 403, 403),
    "reports": (IN, 403, 403, 200, 200, 200, 403, 403),
    "draft_report": (IN, 403, 403, 200, 403, 403, 403, 403),
    "draft_report_pdf": (IN, 403, 403, 200, 403, 403, 403, 403),
    "begin_report": (IN, 403, 403, 302, 403, 403, 403, 403),
    # a draft of a report, and one issued to the committee
    "report_draft": (IN, 404, 404, 200, 404, 404, 404, 404),
    "edit_report_draft": (IN, 404, 404, 200, 404, 404, 404, 404),
    "report_draft_pdf": (IN, 404, 404, 200, 404, 404, 404, 404),
    "hand_over_report": (IN, 404, 404, 302, 404, 404, 404, 404),
    "issue_report": (IN, 404, 404, 302, 404, 404, 404, 404),
    "discard_report_draft": (IN, 404, 404, 302, 404, 404, 404, 404),
    "issued_report": (IN, 404, 404, 200, 200, 404, 404, 404),
    "issued_report_pdf": (IN, 404, 404, 200, 200, 404, 404, 404),
    "issued_report_json": (IN, 404, 404, 200, 200, 404, 404, 404),
    "agenda_closed": (IN, 404, 404, 200, 403, 404, 404, 404),
    "agenda_text": (IN, 404, 404, 302, 403, 404, 404, 404),  # a full edition: asks first
    "agenda_document": (IN, 404, 404, 302, 403, 404, 404, 404),
    "since_issued": (IN, 404, 404, 200, 403, 404, 404, 404),
    "correct_report": (IN, 404, 404, 302, 403, 404, 404, 404),
    "record_decision": (IN, 404, 404, 302, 403, 404, 404, 404),
    "propose_withdrawal": (IN, 404, 404, 200, 403, 404, 404, 404),
    # people and roles; a link that is not known says so
    "people": (IN, 403, 403, 200, 403, 403, 200, 403),
    "invite": (IN, 403, 403, 200, 403, 403, 200, 403),
    "send_invitation_again": (IN, 404, 404, 302, 404, 404, 302, 404),
    "withdraw_invitation": (IN, 404, 404, 302, 404, 404, 302, 404),
    "end_role": (IN, 404, 404, 200, 404, 404, 200, 404),
    "account_open_invitation": (404, 404, 404, 404, 404, 404, 404, 404),
    "account_accept_invitation": (404, 404, 404, 404, 404, 404, 404, 404),
    # what a second person answers
    "proposals": (IN, 403, 403, 200, 403, 403, 200, 403),
    "answer_withdrawal": (IN, 404, 404, 302, 404, 404, 302, 404),
    "answer_single_issuer": (IN, 404, 404, 302, 404, 404, 302, 404),
    "factor_reset": (IN, 403, 403, 200, 403, 403, 200, 403),
    "answer_factor_reset": (IN, 404, 404, 302, 404, 404, 302, 404),
    "answer_goal": (IN, 404, 404, 302, 404, 404, 302, 404),
    "answer_expectation": (IN, 404, 404, 302, 404, 404, 302, 404),
    # what decides figures
    "goal": (IN, 403, 403, 200, 403, 403, 403, 403),
    "withdraw_goal": (IN, 404, 404, 302, 404, 404, 404, 404),
    "expectations": (IN, 403, 403, 200, 403, 403, 403, 403),
    "withdraw_expectation": (IN, 404, 404, 302, 404, 404, 404, 404),
}
OF_DRAFT = {
    name for name in ACCESS if "draft" in name or name in ("hand_over_report", "issue_report")
}
OF_DRAFT -= {"draft_report", "draft_report_pdf", "set_drafts"}
OF_ISSUED = {name for name in ACCESS if name.startswith(("issued_", "agenda_"))}
OF_ISSUED |= {"since_issued", "correct_report", "record_decision", "propose_withdrawal"}


def url_names(resolver=None):
    """Every URL name of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from url_names(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name


@pytest.fixture
def addresses(yusuf, bilal, sofus, mette, torben, kirsten, farid, olga, rashid, signe):
    """{name: address} about Yusuf."""
    meeting = log(yusuf, mette, note="En note om Yusuf")
    agreement = Agreement(mentee=yusuf, what="Søge ind", agreed_on=today(), due_on=today()).make(
        by=mette
    )
    fact = yusuf.statuschange_set.get()
    arguments = {
        "withdraw_fact": ["status", fact.uuid],
        "close_agreement": [agreement.uuid],
        "correct_meeting": [meeting.uuid],
        "withdraw_meeting": [meeting.uuid],
        "end_substitution": [uuid.uuid4()],
        "ask_to_strike": [yusuf.uuid, "meeting", meeting.uuid],
        "answer_strike": [yusuf.uuid, a_strike(yusuf, by=mette).uuid],
        "overview_table": ["mentorer", "csv"],
        "account_reset_password_from_key": ["1", "x-y"],
    }
    arguments |= {name: ["saml"] for name in ACCESS if name.startswith("saml_")}
    invitation, _ = an_invitation(yusuf.programme, torben)
    arguments |= {
        "send_invitation_again": [invitation.uuid],
        "withdraw_invitation": [invitation.uuid],
        "end_role": [rashid.memberships.get().uuid],
        "account_open_invitation": ["et-gaet"],
    }
    of_yusuf = {
        "mentee",
        "edit_mentee",
        "change_status",
        "move",
        "match_mentor",
        "pause",
        "end_pause",
        "make_agreement",
    }
    of_yusuf |= {"plan_appointment", "quick_record"}
    arguments |= {name: [yusuf.uuid] for name in of_yusuf}
    figure = KeyFigure(programme=yusuf.programme, what="Beboere", value="5.219", source="2014")
    figure.save()
    arguments["withdraw_key_figure"] = [figure.uuid]
    area = yusuf.programme.areas.first()
    arguments |= {name: [area.uuid] for name in ("area", "rename_area", "use_area")}
    contact = a_contact(yusuf.programme, by=torben)
    of_partner = ("partner", "use_partner", "add_contact")
    arguments |= {name: [contact.partner.uuid] for name in of_partner}
    arguments["withdraw_contact"] = [contact.partner.uuid, contact.uuid]
    run = ImportRun(programme=yusuf.programme, by=torben, is_trial=True, keep_reach=False)
    run.save()
    arguments["import_run"] = [run.uuid]
    draft = ReportDraft.objects.create(programme=yusuf.programme, on=today(), written_by=torben)
    arguments |= {name: [draft.uuid] for name in OF_DRAFT}
    issued = an_issued_report(yusuf.programme, by=torben)
    arguments |= {name: [issued.uuid] for name in OF_ISSUED}
    withdrawal = {"report": issued, "reason": "Et ord", "recorded_by": torben}
    proposals = {
        "answer_withdrawal": ReportWithdrawal.objects.create(**withdrawal),
        "answer_single_issuer": SingleIssuerProposal.objects.create(
            programme=yusuf.programme, recorded_by=torben
        ),
        "answer_factor_reset": FactorReset.objects.create(
            programme=yusuf.programme, user=mette, recorded_by=torben
        ),
        "answer_goal": an_old_goal(yusuf.programme, torben),
        "answer_expectation": an_old_goal(yusuf.programme, torben, Expectation, oldest=29),
        "withdraw_goal": yusuf.programme.goal_definitions.first(),
        "withdraw_expectation": yusuf.programme.expectations.first(),
    }
    arguments |= {name: [proposal.uuid] for name, proposal in proposals.items()}
    urls = {name: reverse(name, args=arguments.get(name, ())) for name in ACCESS}
    urls["record_meeting"] += f"?ung={yusuf.uuid}"
    return urls


def test_every_address_has_a_line():
    assert set(url_names()) == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_get(addresses, request, name):
    answers = {who: client_of(who, request).get(addresses[name]) for who in CAST}
    statuses = {who: answer.status_code for who, answer in answers.items()}
    assert statuses == dict(zip(CAST, ACCESS[name], strict=True))
    nobody = answers["nobody"]
    if nobody.status_code == 302 and not name.startswith(("account_", "mfa_login_")):
        assert nobody.url.startswith(reverse("account_login"))
    for answer in answers.values():
        if answer.status_code in (403, 404):
            assert "Yusuf" not in answer.content.decode()
        if "Content-Disposition" in answer.headers:  # mentorship/request_limit.py counts it
            assert answer.resolver_match.func.view_class.is_file


def client_of(who, request):
    """Return a client in which `who` of the cast is signed in."""
    client = Client()
    if who != "nobody":
        enter(client, request.getfixturevalue(who))
    return client


def everything():
    """How many rows each of our tables has."""
    models = [
        m
        for app in ("cases", "imports", "reporting", "setup")
        for m in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.parametrize("who", [who for who in CAST if who not in ("mette", "torben")])
def test_nobody_else_changes_anything_about_yusuf(addresses, client, sign_in, request, who, yusuf):
    """A valid form is sent to every address about him: each is refused and no row is written."""
    if who != "nobody":
        sign_in(request.getfixturevalue(who))
    form = {
        "udfald": "no_show",
        "submit_key": str(uuid.uuid4()),
        "status": "work",
        "effective_on": today().isoformat(),
        "reason": "holiday",
        "what": "Noget",
        "responsible": "mentee",
        "kind": "step",
        "due_on": today().isoformat(),
        "on": today().isoformat(),
        "day": "today",
        "outcome": "met",
        "minutes": "45",
        "form": "area",
        "name": "Nyt Navn",
        "born_on": "2007-01-01",
        "gender": "male",
    }
    before, name_before = everything(), yusuf.name
    about_yusuf = [
        name
        for name, row in ACCESS.items()
        if row[CAST.index("signe")] in (404, 405) and row[0] == IN
    ]
    about_yusuf.remove("mfa_view_recovery_codes")  # one's own
    if who == "kirsten":  # she has her own report to read
        about_yusuf = [name for name in about_yusuf if name not in OF_ISSUED]
    if who == "olga":  # she may be the second person, and handles people
        hers = {"send_invitation_again", "withdraw_invitation", "end_role"}
        about_yusuf = [name for name in about_yusuf if not name.startswith("answer_")]
        about_yusuf = [name for name in about_yusuf if name not in hers]
    assert len(about_yusuf) > 12
    for name in about_yusuf:
        answer = client.post(addresses[name], form)
        assert answer.status_code == (302 if who == "nobody" else 404), name
        if who == "nobody":
            assert answer.url.startswith(reverse("account_login"))
    yusuf.refresh_from_db()
    assert (everything(), yusuf.name) == (before, name_before)


def test_the_address_of_another_programme_is_not_found(
    client, sign_in, mette, sofus, other_programme
):
    sign_in(mette)
    for path in ("/unge/", "/fortryd/", sofus.get_absolute_url()):
        assert client.get(f"{path}?indsats={other_programme.slug}").status_code == 404
        assert client.get(f"{path}?indsats=findes-ikke").status_code == 404


def test_somebody_without_a_role_is_refused_without_an_error(sign_in, addresses, django_user_model):
    client = sign_in(django_user_model.objects.create_user("ny@example.dk", "en lang adgangskode"))
    refused = {client.get(path).status_code for path in addresses.values()}
    assert refused <= {200, 302, 403, 404, 405}


def test_addresses_carry_no_counters():
    """A path argument is a UUID, a word or allauth's own signed key: never a number to count up."""
    converters = set()
    for entry in get_resolver().url_patterns:
        for pattern in getattr(entry, "url_patterns", [entry]):
            if hasattr(pattern.pattern, "converters"):
                converters |= {
                    type(converter).__name__ for converter in pattern.pattern.converters.values()
                }
    assert converters <= {"UUIDConverter", "SlugConverter"}
