"""What the register refuses, at the field it concerns."""


def add_errors(form, error):
    """Put a ValidationError of the register at the fields of the form; what concerns none of them stands on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.error_dict.items():
        form.add_error(name if name in form.fields else None, messages)


class CombinedForms:
    """Several forms on one page, as the error summary sees them: one form with all their fields and errors."""

    def __init__(self, forms):
        self.forms = [form for form in forms if form.is_bound and form.errors]

    @property
    def errors(self):
        return self.forms

    def non_field_errors(self):
        return [error for form in self.forms for error in form.non_field_errors()]

    def visible_fields(self):
        return [field for form in self.forms for field in form.visible_fields()]
