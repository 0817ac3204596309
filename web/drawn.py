"""Parts of a page, drawn once for the same values."""

from functools import lru_cache

from django.template.loader import render_to_string


@lru_cache(maxsize=512, typed=True)
def draw(template, **values):
    """Return the template filled with the values, as HTML.

    The values are immutable and all that the template knows. `typed`: text marked as safe is not
    the same text.
    """
    return render_to_string(template, values)
