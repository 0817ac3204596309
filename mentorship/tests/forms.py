"""Every form that is written: who sends it, where to, with what, and the objects it is about.

FORMS has a line for each address that writes what a user typed; an address without a line fails.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.apps import apps
from django.urls import URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string

from cases import undo
from cases.models import (
    Agreement,
    Expectation,
    Gender,
    HousingArea,
    KeyFigure,
    Membership,
    Mentee,
    Programme,
    Role,
    Status,
    Submission,
    Substitution,
    Topic,
)
from cases.tests.builders import (
    a_coming_goal,
    a_contact,
    a_strike,
    an_old_goal,
    log,
    log_url,
    meeting_form,
    person_form,
)
from conftest import STARTED
from mentorship.writing import WITH_KEY_IN_ROW
from reporting.issuing import propose
from reporting.models import ReportDraft, ReportWithdrawal, SingleIssuerProposal
from reporting.tests.examples import an_issued_report
from setup.models import FactorReset
from setup.tests.builders import an_invitation
from web.dates import today

TYPED = "Et Helt Særligt Ord"
DAY = today().isoformat()


def form(who, about="", **data):
    """Who sends the form, the object on the stage that its address names, and what is sent."""
    return SimpleNamespace(who=who, about=about, data=data)


FORMS = {
    "take_in": form("torben", **person_form(name=TYPED, mentor="ingen")),
    "edit_mentee": form(
        "mette", "yusuf", name="Yusuf Hamdan", born_on="2007-05-14", gender="male", own_goal=TYPED
    ),
    "change_status": form("mette", "yusuf", status="work", detail=TYPED, effective_on=DAY),
    "move": form("mette", "yusuf", area="ingen", effective_on=DAY),
    "match_mentor": form("torben", "yusuf", mentor="ingen", effective_on=DAY),
    "pause": form("mette", "yusuf", reason="holiday", effective_on=DAY),
    "end_pause": form("mette", "yusuf", effective_on=DAY),
    "make_agreement": form(
        "mette", "yusuf", what=TYPED, responsible="mentee", kind="step", due_on=DAY
    ),
    "plan_appointment": form("mette", "yusuf", on=DAY, place=TYPED),
    "withdraw_fact": form("mette", "fact", reason=TYPED),
    "close_agreement": form("mette", "agreement", udfald="kept"),
    "withdraw_meeting": form("mette", "meeting", reason=TYPED),
    "ask_to_strike": form("mette", reason=TYPED),
    "answer_strike": form("torben", slet="1"),
    "undo": form("mette"),
    "add_substitution": form("torben", **{"vikar-starts_on": DAY, "vikar-ends_on": DAY}),
    "set_substitute_sight": form("torben", **{"laes-weeks": "26"}),
    "end_substitution": form("torben", "substitution"),
    "add_topic": form("torben", **{"emne-name": TYPED}),
    "change_topic": form("torben", ud="1"),
    "set_two_to_issue": form("torben", til="1"),
    "set_drafts": form("torben", fra="1"),
    "set_mfa_for_readers": form("torben", fra="1"),
    "set_phones": form("torben", til="1"),
    "new_programme": form("torben", name=TYPED, committee="Udvalget", starts_on=DAY),
    "setup_name": form("torben", name=f"{TYPED} 2", committee="Udvalget", starts_on=str(STARTED)),
    "setup_areas": form("torben"),
    "setup_goal": form(
        "torben",
        goal="29",
        target="40",
        statuses=["work"],
        area_target="10",
        effective_on=DAY,
        decided_by=TYPED,
    ),
    "setup_people": form(
        "torben", name=TYPED, email="step@example.dk", role="mentor", starts_on=DAY
    ),
    "setup_partners": form("torben", names=["SSP"]),
    "setup_privacy": form("torben", data_controller=TYPED),
    "setup_begin": form("torben", start="tomt"),
    "add_partner": form("torben", name=TYPED, kind="school"),
    "add_usual_partners": form("torben", **{"gaengs-names": ["SSP", "Jobcenter"]}),
    "partner": form("torben", "partner", name=TYPED, kind="school"),
    "use_partner": form("torben", "partner", ud="1"),
    "add_contact": form(
        "torben", "partner", **{"kontakt-name": TYPED, "kontakt-phone": "46 11 22 44"}
    ),
    "withdraw_contact": form("torben", "contact"),
    "areas": form("torben"),
    "rename_area": form("torben", "area", **{"navn-name": TYPED, "navn-effective_on": DAY}),
    "use_area": form("torben", "area", ud="1", effective_on=DAY),
    "key_figures": form("torben", what=TYPED, value="5.219", source="Statistikbanken"),
    "withdraw_key_figure": form("torben", "key_figure", reason=TYPED),
    "link_programme": form("torben", predecessor=""),
    "close_programme": form("torben", ends_on=DAY, aaben="1"),
    "reopen_programme": form("torben"),
    "copy_programme": form("torben", name=f"{TYPED} 3", starts_on=DAY, continues="on"),
    "goal": form(
        "torben",
        goal="31",
        target="40",
        statuses=["education"],
        area_target="10",
        effective_on=DAY,
        decided_by=TYPED,
    ),
    "expectations": form(
        "torben",
        youngest="15",
        oldest="25",
        inactive_after_days="14",
        review_after_days="90",
        disclosure_threshold="5",
        effective_on=DAY,
        decided_by=TYPED,
    ),
    "withdraw_goal": form("torben", "coming_goal"),
    "withdraw_expectation": form("torben", "coming_expectation"),
    "answer_goal": form("torben", "old_goal", ja="1"),
    "answer_expectation": form("torben", "old_expectation", nej="1"),
    "begin_report": form("torben", pr=DAY),
    "edit_report_draft": form(
        "torben", "draft", on=DAY, edition="full", to="committee", revision=1, assessment=TYPED
    ),
    "hand_over_report": form("torben", "draft"),
    "issue_report": form("torben", "draft", forbehold="1"),
    "discard_report_draft": form("torben", "draft"),
    "correct_report": form("torben", "issued"),
    "record_decision": form("torben", "issued", decided_on=DAY, text=TYPED, absent=""),
    "propose_withdrawal": form("torben", "issued", reason=TYPED),
    "answer_withdrawal": form("torben", "withdrawal", ja="1"),
    "answer_single_issuer": form("torben", "single_issuer", nej="1"),
    "invite": form("torben", name=TYPED, email="ny@example.dk", role="mentor", starts_on=DAY),
    "send_invitation_again": form("torben", "invitation"),
    "withdraw_invitation": form("torben", "invitation"),
    "end_role": form("torben", "membership", reason=TYPED, last_on=DAY),
    "factor_reset": form("torben"),
    "answer_factor_reset": form("torben", "factor_reset", nej="1"),
    "record_meeting": form("rashid", "bilal", **meeting_form(note=TYPED)),
    "correct_meeting": form("mette", "meeting", **meeting_form()),
    "quick_record": form("rashid", "bilal", udfald="no_show"),
}
GUARDED = [name for name in FORMS if name not in WITH_KEY_IN_ROW]


def a_stage(*, yusuf, bilal, mette, rashid, torben, programme):
    """Make one of each thing a form can be about; return build(name), the form on this stage."""
    agreement = Agreement(mentee=yusuf, what="Søge ind", agreed_on=today(), due_on=today())
    substitution = Substitution(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=today() + timedelta(days=20),
        ends_on=today() + timedelta(days=30),
        recorded_by=torben,
    )
    substitution.save()
    moved = yusuf.move(None, on=today(), by=mette)
    wrong = yusuf.change_status(Status.WORK, on=today(), by=mette, detail="lager")
    wrong.withdraw(by=mette, reason="Forkert ung")
    strike = a_strike(yusuf, by=mette)
    contact = a_contact(programme, by=torben)
    things = {
        "area": programme.areas.create(name="Parken"),
        "contact": contact,
        "key_figure": KeyFigure.objects.create(
            programme=programme, what="Beboere", value="5.219", source="2014"
        ),
        "partner": contact.partner,
        "yusuf": yusuf,
        "bilal": bilal,
        "fact": moved,
        "agreement": agreement.make(by=mette),
        "meeting": log(yusuf, mette, note="En note"),
        "substitution": substitution,
        "draft": ReportDraft.objects.create(
            programme=programme, on=today(), to_committee=True, written_by=torben
        ),
        "issued": an_issued_report(programme, by=torben),
        "invitation": an_invitation(programme, torben)[0],
        "membership": rashid.memberships.get(programme=programme, role=Role.MENTOR),
        "withdrawal": ReportWithdrawal.objects.create(
            report=an_issued_report(programme, by=torben), reason="Et ord", recorded_by=mette
        ),
        "coming_goal": a_coming_goal(programme, torben),
        "coming_expectation": a_coming_goal(programme, torben, Expectation, oldest=29),
        "old_goal": an_old_goal(programme, mette),
        "old_expectation": an_old_goal(programme, mette, Expectation, oldest=28),
        "single_issuer": SingleIssuerProposal.objects.create(
            programme=programme, recorded_by=mette
        ),
        "factor_reset": FactorReset.objects.create(
            programme=programme, user=mette, recorded_by=rashid
        ),
    }

    def build(name):
        """(address, data) of the form."""
        line = FORMS[name]
        args = ["bopael"] if name == "withdraw_fact" else []
        if line.about in ("partner", "contact"):
            args.append(contact.partner.uuid)
        if line.about not in ("", "partner"):
            args.append(things[line.about].uuid)
        data = dict(line.data)
        if name == "add_substitution":
            data |= {"vikar-mentor": mette.pk, "vikar-substitute": rashid.pk}
        if name in ("areas", "setup_areas"):
            data["lines"] = "\n".join([*programme.areas.values_list("name", flat=True), TYPED])
        if name == "ask_to_strike":
            args = [yusuf.uuid, "status", wrong.uuid]
        if name == "answer_strike":
            args = [yusuf.uuid, strike.uuid]
        if name == "end_role":
            data[f"m-{bilal.uuid}"] = mette.pk
        if name == "undo":
            data["fortryd"] = undo.offer([things["agreement"]], by=mette, back="/min-uge/")
        if name == "factor_reset":
            data["user"] = rashid.pk
        if name == "change_topic":
            data["emne"] = programme.topics.first().pk
        if name == "reopen_programme":
            Programme.objects.filter(pk=programme.pk).update(ends_on=today())
        if name == "new_programme":
            for user in (torben, rashid):  # one stays
                Membership.objects.get_or_create(
                    programme=programme,
                    user=user,
                    role=Role.OPERATOR,
                    defaults={"starts_on": STARTED},
                )
        if name == "setup_begin":
            HousingArea.objects.get_or_create(programme=programme, name="Hastrupparken")
            Programme.objects.filter(pk=programme.pk).update(set_up_at=None)
        if name == "link_programme":
            earlier = Programme.objects.create(
                name="Før", slug=f"foer-{uuid4()}", starts_on=STARTED
            )
            Programme.objects.filter(pk=programme.pk).update(predecessor=earlier)
        if name == "issue_report":
            data["set"] = propose(things["draft"]).fingerprint
        if name == "record_meeting":
            return log_url(bilal), data
        if name == "correct_meeting":
            data |= {f"{yusuf.uuid}-outcome": "met", f"{yusuf.uuid}-note": TYPED}
        return reverse(name, args=args), data

    return build


def a_cast(slug, *, mette, rashid, torben):
    """Return the arguments of `a_stage`: the three users, and a new programme with two people."""
    programme = Programme.objects.create(
        name=f"Indsatsen {slug}", slug=slug, starts_on=STARTED, sender="Fællessekretariatet"
    )
    Topic.objects.create(programme=programme, name="Uddannelse")
    for user, role in ((mette, Role.MENTOR), (rashid, Role.MENTOR), (torben, Role.COORDINATOR)):
        Membership.objects.create(programme=programme, user=user, role=role, starts_on=STARTED)

    def enrol(name, mentor):
        mentee = Mentee(
            programme=programme,
            name=name,
            born_on=STARTED.replace(year=2007),
            gender=Gender.MALE,
            enrolled_on=STARTED,
        )
        return Mentee.objects.enrol(mentee, status=Status.SCHOOL, by=mentor, mentor=mentor)

    people = {"yusuf": enrol("Yusuf Hamdan", mette), "bilal": enrol("Bilal Karim", rashid)}
    return {"programme": programme, "mette": mette, "rashid": rashid, "torben": torben} | people


def hidden(programme, **changes):
    return {"form_key": str(uuid4()), "form_programme": programme.slug} | changes


def rows():
    """Every row of the register and the reports, as values."""
    models = [
        m for app in ("cases", "reporting", "setup") for m in apps.get_app_config(app).get_models()
    ]
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in models
        if model is not Submission
    }


def posted_addresses(resolver=None):
    """The URL names of views that accept POST."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from posted_addresses(entry)
            continue
        view = getattr(entry.callback, "view_class", None)
        if view is None:
            name = f"{entry.callback.__module__}.{entry.callback.__name__}"
            is_posted = "require_POST" in repr(entry.callback.__code__)
            assert import_string(name)
        else:
            is_posted = hasattr(view, "post") and "post" in view.http_method_names
        if is_posted and not entry.name.startswith(("account_", "mfa_")):
            yield entry.name
