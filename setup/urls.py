from django.urls import path

from setup import views

PARTNER = "indsats/partnere/<uuid:partner>/"
AREA = "indsats/boligomraader/<uuid:area>/"
LIFE = "indsats/forloeb/"
STEPS = "indsats/opsaetning/"

urlpatterns = [
    path("indsats/ny/", views.NewProgramme.as_view(), name="new_programme"),
    path(STEPS, views.SetUp.as_view(), name="setup"),
    path(f"{STEPS}navn/", views.NameStep.as_view(), name="setup_name"),
    path(f"{STEPS}omraader/", views.AreasStep.as_view(), name="setup_areas"),
    path(f"{STEPS}maal/", views.GoalStep.as_view(), name="setup_goal"),
    path(f"{STEPS}personer/", views.PeopleStep.as_view(), name="setup_people"),
    path(f"{STEPS}partnere/", views.PartnersStep.as_view(), name="setup_partners"),
    path(f"{STEPS}persondata/", views.PrivacyStep.as_view(), name="setup_privacy"),
    path(f"{STEPS}begynd/", views.BeginStep.as_view(), name="setup_begin"),
    path("indsats/partnere/", views.PartnersPage.as_view(), name="partners"),
    path("indsats/partnere/ny/", views.AddPartner.as_view(), name="add_partner"),
    path(
        "indsats/partnere/saedvanlige/",
        views.AddUsualPartners.as_view(),
        name="add_usual_partners",
    ),
    path(PARTNER, views.EditPartner.as_view(), name="partner"),
    path(f"{PARTNER}brug/", views.UsePartner.as_view(), name="use_partner"),
    path(f"{PARTNER}kontakt/", views.AddContact.as_view(), name="add_contact"),
    path(
        f"{PARTNER}kontakt/<uuid:contact>/",
        views.WithdrawContact.as_view(),
        name="withdraw_contact",
    ),
    path("indsats/boligomraader/", views.Areas.as_view(), name="areas"),
    path(AREA, views.AreaPage.as_view(), name="area"),
    path(f"{AREA}navn/", views.RenameArea.as_view(), name="rename_area"),
    path(f"{AREA}brug/", views.UseArea.as_view(), name="use_area"),
    path("indsats/noegletal/", views.KeyFigures.as_view(), name="key_figures"),
    path(
        "indsats/noegletal/<uuid:uuid>/traek-tilbage/",
        views.WithdrawKeyFigure.as_view(),
        name="withdraw_key_figure",
    ),
    path(LIFE, views.ProgrammeLife.as_view(), name="programme_life"),
    path(f"{LIFE}fortsaetter/", views.LinkProgramme.as_view(), name="link_programme"),
    path(f"{LIFE}slut/", views.CloseProgramme.as_view(), name="close_programme"),
    path(f"{LIFE}aaben/", views.ReopenProgramme.as_view(), name="reopen_programme"),
    path(f"{LIFE}kopi/", views.CopyProgramme.as_view(), name="copy_programme"),
    path("brugere/", views.People.as_view(), name="people"),
    path("brugere/inviter/", views.Invite.as_view(), name="invite"),
    path(
        "brugere/invitationer/<uuid:uuid>/send/",
        views.SendAgain.as_view(),
        name="send_invitation_again",
    ),
    path(
        "brugere/invitationer/<uuid:uuid>/traek-tilbage/",
        views.WithdrawInvitation.as_view(),
        name="withdraw_invitation",
    ),
    path("brugere/<uuid:uuid>/afslut/", views.EndRole.as_view(), name="end_role"),
    path("konto/invitation/", views.AcceptInvitation.as_view(), name="account_accept_invitation"),
    # The token moves to the session, out of the address.
    path(
        "konto/invitation/<slug:token>/",
        views.OpenInvitation.as_view(),
        name="account_open_invitation",
    ),
    path("godkendelser/", views.Proposals.as_view(), name="proposals"),
    path("godkendelser/maal/<uuid:uuid>/", views.AnswerGoal.as_view(), name="answer_goal"),
    path(
        "godkendelser/forventninger/<uuid:uuid>/",
        views.AnswerExpectation.as_view(),
        name="answer_expectation",
    ),
    path("godkendelser/to-trin/", views.ProposeFactorReset.as_view(), name="factor_reset"),
    path(
        "godkendelser/to-trin/<uuid:uuid>/",
        views.AnswerFactorReset.as_view(),
        name="answer_factor_reset",
    ),
    path("indsats/maal/", views.Goal.as_view(), name="goal"),
    path(
        "indsats/maal/<uuid:uuid>/traek-tilbage/",
        views.WithdrawGoal.as_view(),
        name="withdraw_goal",
    ),
    path("indsats/forventninger/", views.Expectations.as_view(), name="expectations"),
    path(
        "indsats/forventninger/<uuid:uuid>/traek-tilbage/",
        views.WithdrawExpectation.as_view(),
        name="withdraw_expectation",
    ),
]
