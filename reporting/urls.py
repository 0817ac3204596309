"""The overview and the reports."""

from django.urls import path

from reporting import views

urlpatterns = [
    path("overblik/", views.Overview.as_view(), name="overview"),
    path("overblik/tabel/<slug:name>.<slug:ending>", views.OverviewTable.as_view(), name="overview_table"),
    path("mangler/", views.MissingData.as_view(), name="missing_data"),
    path("rapporter/", views.Reports.as_view(), name="reports"),
    path("rapporter/kladde/", views.DraftReport.as_view(), name="draft_report"),
    path("rapporter/kladde/pdf/", views.DraftReportPDF.as_view(), name="draft_report_pdf"),
]
