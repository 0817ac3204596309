"""URLs of the import page."""

from django.urls import path

from imports import views

urlpatterns = [
    path("import/", views.ImportRegister.as_view(), name="import_register"),
    path("import/skabelon/", views.ImportTemplate.as_view(), name="import_template"),
]
