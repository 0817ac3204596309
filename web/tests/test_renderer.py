"""The widgets are drawn as Django's own templates draw them."""

import re
from datetime import date, time

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html

from web.forms import DateInput, TimeInput, checkboxes, radios, select
from web.renderer import Renderer

NASTY = '<b>"O\'Reilly" & søn</b>'
CHOICES = [("", "Ingen"), ("a", format_html("<i>{}</i>", "tegn")), ("b", NASTY), (3, "tre")]
GROUPED = [("Gruppe & co", [("a", "A"), ("b", "B")]), ("c", "C")]
WIDGETS = [
    (widget, value)
    for widget, values in (
        (
            forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            ["", None, NASTY],
        ),
        (forms.TextInput(attrs={"data-x": NASTY, "required": True, "hidden": False}), ["x", 0]),
        (forms.NumberInput(attrs={"min": 1}), [None, 5, "fem"]),
        (forms.EmailInput(), ["bo@example.dk"]),
        (forms.PasswordInput(), ["hemmeligt"]),
        (forms.HiddenInput(), ["x", None]),
        (forms.Textarea(attrs={"rows": 3}), ["", None, f"{NASTY}\nlinje"]),
        (forms.CheckboxInput(), [True, False, None, "on"]),
        (DateInput(), [date(2019, 3, 1), "ikke en dag", None]),
        (TimeInput(), [time(15, 30), None]),
        (select(), ["", "a", None]),
        (radios(), ["a", "", None, 3]),
        (checkboxes(), [["a", "b"], [], None]),
        (forms.ClearableFileInput(), [None]),
    )
    for value in values
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
@pytest.mark.parametrize("choices", [CHOICES, GROUPED], ids=["flat", "grouped"])
def test_the_same_html(widget, value, choices):
    if hasattr(widget, "choices"):
        widget.choices = choices
    arguments = {"name": "et-navn", "value": value, "attrs": {"id": "id_x"}}
    ours = widget.render(**arguments, renderer=Renderer())
    theirs = widget.render(**arguments, renderer=TemplatesSetting())
    assert ours == re.sub(r"\n(?=\n  <|\n  </|\n</select)", "", theirs)  # empty lines of a list


@pytest.mark.parametrize("kind", [radios, checkboxes])
def test_a_chip_is_the_same(kind):
    class Form(forms.Form):
        field = forms.MultipleChoiceField(choices=CHOICES, widget=kind())

    ours, theirs = (
        [str(chip.tag()) for chip in Form({"field": ["b"]}, renderer=renderer)["field"]]
        for renderer in (Renderer(), TemplatesSetting())
    )
    assert ours == theirs and len(ours) == 4
