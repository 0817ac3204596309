from django.urls import path

from reporting import views

urlpatterns = [
    path("indsats/udsendelse/", views.SetTwoToIssue.as_view(), name="set_two_to_issue"),
    path(
        "godkendelser/udsendelse/<uuid:uuid>/",
        views.AnswerSingleIssuer.as_view(),
        name="answer_single_issuer",
    ),
    path(
        "godkendelser/rapport/<uuid:uuid>/",
        views.AnswerWithdrawal.as_view(),
        name="answer_withdrawal",
    ),
    path("rapporter/", views.Reports.as_view(), name="reports"),
    # the report of any day; nothing is stored
    path("rapporter/kladde/", views.DraftReport.as_view(), name="draft_report"),
    path("rapporter/kladde/pdf/", views.DraftReportPDF.as_view(), name="draft_report_pdf"),
    # a draft
    path("rapporter/ny/", views.BeginReport.as_view(), name="begin_report"),
    path("rapporter/kladde/<uuid:uuid>/", views.ShowDraft.as_view(), name="report_draft"),
    path(
        "rapporter/kladde/<uuid:uuid>/tekster/", views.EditDraft.as_view(), name="edit_report_draft"
    ),
    path("rapporter/kladde/<uuid:uuid>/pdf/", views.DraftPDF.as_view(), name="report_draft_pdf"),
    path("rapporter/kladde/<uuid:uuid>/klar/", views.HandOver.as_view(), name="hand_over_report"),
    path("rapporter/kladde/<uuid:uuid>/udsend/", views.IssueReport.as_view(), name="issue_report"),
    path(
        "rapporter/kladde/<uuid:uuid>/kasser/",
        views.DiscardDraft.as_view(),
        name="discard_report_draft",
    ),
    # an issued report
    path("rapporter/<uuid:uuid>/", views.ShowIssued.as_view(), name="issued_report"),
    path("rapporter/<uuid:uuid>/pdf/", views.IssuedPDF.as_view(), name="issued_report_pdf"),
    path("rapporter/<uuid:uuid>/tal/", views.IssuedJSON.as_view(), name="issued_report_json"),
    path(
        "rapporter/<uuid:uuid>/dagsorden/lukket/",
        views.ClosedAgenda.as_view(),
        name="agenda_closed",
    ),
    path("rapporter/<uuid:uuid>/dagsorden/", views.AgendaText.as_view(), name="agenda_text"),
    path(
        "rapporter/<uuid:uuid>/dagsorden/docx/",
        views.AgendaDocument.as_view(),
        name="agenda_document",
    ),
    path("rapporter/<uuid:uuid>/siden/", views.SinceIssued.as_view(), name="since_issued"),
    path("rapporter/<uuid:uuid>/ret/", views.CorrectIssued.as_view(), name="correct_report"),
    path(
        "rapporter/<uuid:uuid>/traek-tilbage/",
        views.ProposeWithdrawal.as_view(),
        name="propose_withdrawal",
    ),
    path(
        "rapporter/<uuid:uuid>/beslutning/", views.RecordDecision.as_view(), name="record_decision"
    ),
]
