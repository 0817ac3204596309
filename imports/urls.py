from django.urls import path

from imports import views

urlpatterns = [
    path("import/", views.ImportRegister.as_view(), name="import_register"),
    path("import/<uuid:uuid>/", views.ImportRunPage.as_view(), name="import_run"),
    path("import/skabelon/", views.ImportTemplate.as_view(), name="import_template"),
]
