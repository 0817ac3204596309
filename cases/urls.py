from django.urls import path

from cases import views

urlpatterns = [
    path("min-uge/", views.MyWeek.as_view(), name="my_week"),
    path("unge/", views.MenteeList.as_view(), name="mentees"),
    path("unge/ny/", views.TakeIn.as_view(), name="take_in"),
    path("unge/<uuid:uuid>/", views.MenteePage.as_view(), name="mentee"),
    path("unge/<uuid:uuid>/ret/", views.EditMentee.as_view(), name="edit_mentee"),
    path("unge/<uuid:uuid>/status/", views.ChangeStatus.as_view(), name="change_status"),
    path("unge/<uuid:uuid>/bopael/", views.ChangeArea.as_view(), name="move"),
    path("unge/<uuid:uuid>/mentor/", views.MatchMentor.as_view(), name="match_mentor"),
    path("unge/<uuid:uuid>/pause/", views.PauseMentee.as_view(), name="pause"),
    path("unge/<uuid:uuid>/pause/slut/", views.EndPause.as_view(), name="end_pause"),
    path("unge/<uuid:uuid>/aftale/", views.MakeAgreement.as_view(), name="make_agreement"),
    path("unge/<uuid:uuid>/naeste/", views.PlanAppointment.as_view(), name="plan_appointment"),
    path("unge/<uuid:uuid>/udfald/", views.RecordOutcome.as_view(), name="quick_record"),
    path(
        "unge/<uuid:uuid>/slet/<slug:kind>/<uuid:row>/",
        views.AskToStrike.as_view(),
        name="ask_to_strike",
    ),
    path(
        "unge/<uuid:uuid>/slettes/<uuid:strike>/",
        views.AnswerStrike.as_view(),
        name="answer_strike",
    ),
    path("fakta/<slug:kind>/<uuid:fact>/", views.WithdrawFact.as_view(), name="withdraw_fact"),
    path("aftaler/<uuid:agreement>/", views.CloseAgreement.as_view(), name="close_agreement"),
    path("indsats/", views.ProgrammePage.as_view(), name="programme"),
    path("indsats/vikarer/", views.AddSubstitution.as_view(), name="add_substitution"),
    path(
        "indsats/vikarer/laeser/",
        views.SetSubstituteSight.as_view(),
        name="set_substitute_sight",
    ),
    path("indsats/vikarer/<uuid:uuid>/", views.EndSubstitution.as_view(), name="end_substitution"),
    path("indsats/emner/", views.AddTopic.as_view(), name="add_topic"),
    path("indsats/emner/aendr/", views.ChangeTopic.as_view(), name="change_topic"),
    path("indsats/kladder/", views.SetDrafts.as_view(), name="set_drafts"),
    path("indsats/to-trin/", views.SetFactorForReaders.as_view(), name="set_mfa_for_readers"),
    path("indsats/telefoner/", views.SetPhones.as_view(), name="set_phones"),
    path("moeder/ny/", views.RecordMeeting.as_view(), name="record_meeting"),
    path("moeder/<uuid:meeting>/", views.CorrectMeeting.as_view(), name="correct_meeting"),
    path(
        "moeder/<uuid:meeting>/traek-tilbage/",
        views.WithdrawMeeting.as_view(),
        name="withdraw_meeting",
    ),
    path("fortryd/", views.Undo.as_view(), name="undo"),
]
