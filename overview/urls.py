from django.urls import path

from overview import views

urlpatterns = [
    path("overblik/", views.Overview.as_view(), name="overview"),
    path(
        "overblik/tabel/<slug:name>.<slug:ending>",
        views.OverviewTable.as_view(),
        name="overview_table",
    ),
    path("mangler/", views.MissingData.as_view(), name="missing_data"),
]
