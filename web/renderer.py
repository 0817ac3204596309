"""Form widgets without Django's templates, to the same HTML.

A text field is two templates in Django, a chip three; the log form has fifty widgets.
"""

from html import escape

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
INPUTS = {
    f"{FOLDER}{name}.html"
    for name in (
        *("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time"),
        *("checkbox", "input", "radio_option", "checkbox_option"),
    )
}
SELECT, TEXTAREA = f"{FOLDER}select.html", f"{FOLDER}textarea.html"


class Renderer(TemplatesSetting):
    def render(self, template_name, context, request=None):
        widget = context.get("widget")
        if widget is not None and not widget.get("wrap_label"):
            if template_name in INPUTS:
                return input_tag(widget)
            if template_name == SELECT:
                return select_tag(widget)
            if template_name == TEXTAREA:
                return textarea_tag(widget)
        return super().render(template_name, context, request)


def text_of(value):
    """As Django's `stringformat:'s'` and autoescape; without what they do for lazy texts."""
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)


def attributes(attrs):
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {text_of(name)}")
        elif value is not False:
            parts.append(f' {text_of(name)}="{text_of(value)}"')
    return "".join(parts)


def input_tag(widget):
    value = widget["value"]
    given = "" if value is None else f' value="{text_of(value)}"'
    return mark_safe(  # noqa: S308 (escaped above)
        f'<input type="{widget["type"]}" name="{text_of(widget["name"])}"{given}'
        f"{attributes(widget['attrs'])}>"
    )


def select_tag(widget):
    lines = [f'<select name="{text_of(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            lines.append(f'  <optgroup label="{text_of(group)}">')
        lines += [
            f'  <option value="{text_of(option["value"])}"{attributes(option["attrs"])}>'
            f"{text_of(option['label'])}</option>"
            for option in options
        ]
        if group:
            lines.append("  </optgroup>")
    return mark_safe("\n".join([*lines, "</select>"]))  # noqa: S308 (escaped above)


def textarea_tag(widget):
    value = text_of(widget["value"]) if widget["value"] else ""
    return mark_safe(  # noqa: S308 (escaped above)
        f'<textarea name="{text_of(widget["name"])}"{attributes(widget["attrs"])}>\n{value}'
        "</textarea>"
    )
