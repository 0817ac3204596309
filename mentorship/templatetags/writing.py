from django import template
from django.utils.html import format_html_join

from mentorship.writing import fields_of

register = template.Library()


@register.simple_tag(takes_context=True)
def write_fields(context, slug=None, key=None):
    """The page's programme and a new key unless given."""
    fields = fields_of(context["request"], slug, key)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
