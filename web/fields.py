"""Fields of a form without templates, with the HTML that crispy-forms gives.

For the log form, which is opened most and has twenty fields.
"""

from django.forms.utils import flatatt
from django.forms.widgets import Select
from django.utils.html import format_html, format_html_join


def labelled(field):
    """With its label, errors and help text."""
    widget = field.field.widget
    classes = [
        *widget.attrs.get("class", "").split(),
        type(widget).__name__.lower(),
        "form-select" if isinstance(widget, Select) else "form-control",
    ]
    attrs = {"class": " ".join(classes)}
    if field.errors:
        attrs = {"class": f"{attrs['class']} is-invalid", "aria-invalid": "true"}
    return format_html(
        '<div id="div_{}" class="mb-3"><label for="{}" class="form-label">{}</label>{}{}{}</div>',
        field.auto_id,
        field.id_for_label,
        field.label,
        field.as_widget(attrs=attrs),
        errors_of(field),
        help_text_of(field),
    )


def errors_of(field):
    if not field.errors:
        return ""
    lines = format_html_join(
        "",
        '<p id="error_{}_{}"><strong>{}</strong></p>',
        ((number, field.auto_id, error) for number, error in enumerate(field.errors, start=1)),
    )
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', field.auto_id, lines)


def help_text_of(field):
    if not field.help_text:
        return ""
    html = '<div id="{}_helptext" class="form-text">{}</div>'
    return format_html(html, field.auto_id, field.help_text)


def chips(field):
    """Radio buttons or check boxes."""
    described_by = [f"{field.auto_id}_hint"] if field.help_text else []
    described_by += [f"{field.auto_id}_error"] if field.errors else []
    attrs = {
        "class": "field has-error" if field.errors else "field",
        "id": field.auto_id,
        "tabindex": "-1",
        "aria-describedby": " ".join(described_by) or None,
    }
    hint = '<p class="form-text" id="{}_hint">{}</p>'
    error = '<p class="field-error" id="{}_error">{}</p>'
    return format_html(
        '<fieldset{}><legend>{}</legend>{}{}<div class="chips">{}</div></fieldset>',
        flatatt(attrs),
        field.label,
        format_html(hint, field.auto_id, field.help_text) if field.help_text else "",
        format_html(error, field.auto_id, field.errors[0]) if field.errors else "",
        format_html_join(
            "\n",
            '{}<label class="chip" for="{}">{}</label>',
            ((choice.tag(), choice.id_for_label, choice.choice_label) for choice in field),
        ),
    )
