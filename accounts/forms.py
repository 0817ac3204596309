"""allauth's forms with Danish texts (settings.ACCOUNT_FORMS)."""

from allauth.account import forms

NEW_PASSWORD = (
    "Ny adgangskode",
    "Skriv en ny adgangskode.",
    "Mindst 12 tegn, fx fire tilfældige ord.",
)
NEW_PASSWORD_AGAIN = ("Ny adgangskode igen", "Skriv den nye adgangskode igen.", "")


class Worded:
    """Set label, required error and hint from `words`.

    Errors name their field, for the summary.
    """

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
    """Of somebody who is invited. `user`: theirs, perhaps not saved yet."""

    words = {
        "password1": ("Adgangskode", "Skriv en adgangskode.", NEW_PASSWORD[2]),
        "password2": ("Adgangskode igen", "Skriv adgangskoden igen.", ""),
    }
