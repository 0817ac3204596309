"""`manage.py rotate_mfa_keys`: write all secrets anew with the newest key."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.encryption import decrypt, encrypt

SECRETS = ("secret", "seed")  # of a code app, of recovery codes; a passkey stores no secret


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of second factors with the first key of MFA_KEYS. The other keys "
        "can be removed afterwards."
    )

    def handle(self, **options):
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().exclude(
                type=Authenticator.Type.WEBAUTHN
            )
            for row in rows:
                for name in row.data.keys() & set(SECRETS):
                    row.data[name] = encrypt(decrypt(row.data[name]))
                row.save(update_fields=["data"])
        self.stdout.write(f"{len(rows)} secrets are encrypted with the newest key.")
