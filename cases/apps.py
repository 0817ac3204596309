from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Sager"

    def ready(self):
        from cases import triggers
        from cases.signing_in import remember_roles

        pre_migrate.connect(triggers.before_migrating, sender=self)
        post_migrate.connect(triggers.after_migrating, sender=self)
        user_logged_in.connect(remember_roles)
