"""allauth's forms with Danish texts (settings.ACCOUNT_FORMS)."""

from allauth.account import forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import SignupWebAuthnForm

NEW_PASSWORD = (
    "Ny adgangskode",
    "Skriv en ny adgangskode.",
    "Mindst 12 tegn, fx fire tilfældige ord.",
)
NEW_PASSWORD_AGAIN = ("Ny adgangskode igen", "Skriv den nye adgangskode igen.", "")


class Worded:
    """Set texts from `words`; errors name their field, for the summary."""

    use_required_attribute = False
    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, empty, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages |= {
                "required": empty,
                "invalid": "Skriv hele e-mailen, også det efter @.",
            }
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Worded, forms.LoginForm):
    words = {
        "login": ("E-mail", "Skriv din e-mail.", ""),
        "password": ("Adgangskode", "Skriv din adgangskode.", ""),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(Worded, forms.ReauthenticateForm):
    words = {"password": ("Adgangskode", "Skriv din adgangskode.", "")}


class ChangePasswordForm(Worded, forms.ChangePasswordForm):
    words = {
        "oldpassword": ("Nuværende adgangskode", "Skriv den adgangskode, du har nu.", ""),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }


class ResetPasswordForm(Worded, forms.ResetPasswordForm):
    words = {"email": ("E-mail", "Skriv din e-mail.", "Den, du plejer at logge ind med.")}


class ResetPasswordKeyForm(Worded, forms.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class FirstPasswordForm(ResetPasswordKeyForm):
    """Of somebody who is invited; `user` may be unsaved."""

    words = {
        "password1": ("Adgangskode", "Skriv en adgangskode.", NEW_PASSWORD[2]),
        "password2": ("Adgangskode igen", "Skriv adgangskoden igen.", ""),
    }


class OfCode(Worded):
    words = {"code": ("Kode", "Skriv koden.", "Seks tal fra kode-appen, eller en nødkode.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(OfCode, codes.AuthenticateForm):
    pass


class ReauthenticateCodeForm(OfCode, codes.ReauthenticateForm):
    pass


class ActivateAppForm(OfCode, ActivateTOTPForm):
    words = {"code": ("Kode", "Skriv koden.", "De seks tal, appen viser nu.")}


class AddPasskeyForm(SignupWebAuthnForm):
    """Always a passkey, named for the device."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["name"]

    def clean(self):
        cleaned = super().clean()
        name = get_adapter().generate_authenticator_name(self.user, Authenticator.Type.WEBAUTHN)
        return cleaned | {"name": name}
