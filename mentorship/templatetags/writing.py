"""`{% load writing %}`: the hidden fields of a form that is written (mentorship/writing.py)."""

from django import template
from django.utils.html import format_html_join

from mentorship.writing import fields_of

register = template.Library()


@register.simple_tag(takes_context=True)
def write_fields(context, slug=None):
    """The form's key, its author and its programme: the page's own, or the one with the slug."""
    fields = fields_of(context["request"], slug)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
