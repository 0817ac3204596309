"""Parts of a page are drawn once for the same values."""

import pytest
from django.template import engines
from django.utils.safestring import mark_safe

from web import drawn


@pytest.fixture
def drawings(monkeypatch):
    """The values of each drawing that was made; the template is `{{ text }}{{ number }}`."""
    made = []

    def render(template, values):
        made.append(values)
        return engines["django"].from_string("{{ text }}{{ number }}").render(values)

    monkeypatch.setattr(drawn, "render_to_string", render)
    drawn.draw.cache_clear()
    yield made
    drawn.draw.cache_clear()


def test_the_same_values_are_drawn_once(drawings):
    first = drawn.draw("part.html", text="Hej", number=1)
    assert drawn.draw("part.html", text="Hej", number=1) is first
    assert len(drawings) == 1


def test_another_value_and_another_template_are_drawn_anew(drawings):
    assert drawn.draw("part.html", text="Hej", number=1) == "Hej1"
    assert drawn.draw("part.html", text="Hej", number=2) == "Hej2"
    drawn.draw("other.html", text="Hej", number=2)
    assert len(drawings) == 3


@pytest.mark.parametrize("safe_first", (True, False))
def test_a_text_that_somebody_wrote_is_escaped_after_the_same_as_html(drawings, safe_first):
    typed = "<b>Hej</b>"
    texts = [mark_safe(typed), typed]  # noqa: S308 (what is tested)
    for text in texts if safe_first else reversed(texts):
        is_html = text is texts[0]
        expected = "<b>Hej</b>1" if is_html else "&lt;b&gt;Hej&lt;/b&gt;1"
        assert drawn.draw("part.html", text=text, number=1) == expected


def test_a_value_that_can_change_is_refused(drawings):
    with pytest.raises(TypeError):
        drawn.draw("part.html", text=["Hej"], number=1)


def test_the_drawings_kept_are_bounded(drawings):
    most = drawn.draw.cache_info().maxsize
    for number in range(most + 1):
        drawn.draw("part.html", text="", number=number)
    assert drawn.draw.cache_info().currsize == most
    drawn.draw("part.html", text="", number=0)  # the first was forgotten
    assert len(drawings) == most + 2
