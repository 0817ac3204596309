from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Sager"

    def ready(self):
        from cases.signing_in import remember_roles

        user_logged_in.connect(remember_roles)
