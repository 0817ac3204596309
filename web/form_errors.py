"""Validation errors in forms."""


def add_errors(form, error):
    """Add a model's error to the fields it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.error_dict.items():
        form.add_error(name if name in form.fields else None, messages)


class CombinedForms:
    """Several forms as one, for the error summary."""

    def __init__(self, forms):
        self.forms = [form for form in forms if form.is_bound and form.errors]

    @property
    def errors(self):
        return self.forms

    def non_field_errors(self):
        return [error for form in self.forms for error in form.non_field_errors()]

    def visible_fields(self):
        return [field for form in self.forms for field in form.visible_fields()]
