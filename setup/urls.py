"""URLs of setting a programme up, and of people and roles."""

urlpatterns = []
