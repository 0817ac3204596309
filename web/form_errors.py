"""Validation errors in forms."""

from django.forms.utils import flatatt


def add_errors(form, error):
    """Add a model's error to the fields it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.error_dict.items():
        form.add_error(name if name in form.fields else None, messages)


def fieldset_attributes(field):
    """Of a group of choices, described by its help text and its error."""
    described_by = [f"{field.auto_id}_hint"] if field.help_text else []
    described_by += [f"{field.auto_id}_error"] if field.errors else []
    return flatatt(
        {
            "class": "field has-error" if field.errors else "field",
            "id": field.auto_id,
            "tabindex": "-1",
            "aria-describedby": " ".join(described_by) or None,
        }
    )


def error_links(form):
    """[(id of the field, error)]; an error of the whole form leads to the first field."""
    fields = form.visible_fields()
    of_fields = [(field, error) for field in fields for error in field.errors]
    errors = [(fields[0], error) for error in form.non_field_errors()] + of_fields
    return [(field.id_for_label or field.auto_id, error) for field, error in errors]


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
