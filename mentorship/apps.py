from django.apps import AppConfig


class MentorshipConfig(AppConfig):
    name = "mentorship"

    def ready(self):
        from mentorship import checks  # noqa: F401 (registers them)
