from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Brugere"

    def ready(self):
        from accounts import receivers, second_factor  # noqa: F401 (connects them)
