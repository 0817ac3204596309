"""The fields of the log form are drawn as crispy-forms draws them."""

from html.parser import HTMLParser

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms

from web.fields import chips, labelled
from web.forms import DateInput, PlainForm, TimeInput, checkboxes, radios

NASTY = '<b>"O\'Reilly" & søn</b>'


class Reader(HTMLParser):
    """Collects tags with sorted attributes, and texts without white space around them."""

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag):
        self.parts.append(f"/{tag}")

    def handle_data(self, data):
        if data.strip():
            self.parts.append(" ".join(data.split()))


class Form(PlainForm):
    text = forms.CharField(label="Sted", max_length=5, required=False, help_text="Hvor?")
    note = forms.CharField(required=False, max_length=5, widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.IntegerField(required=False, min_value=1)
    day = forms.DateField(required=False, widget=DateInput)
    at = forms.TimeField(required=False, widget=TimeInput)
    choice = forms.ChoiceField(required=False, choices=[("", "Ingen"), ("a", NASTY)])
    one = forms.ChoiceField(choices=[("a", "A"), ("b", NASTY)], widget=radios(), help_text="Vælg")
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=checkboxes())


WRONG = dict.fromkeys(Form.base_fields, NASTY)
RIGHT = {"text": "x", "note": "y", "number": "2", "day": "2019-03-01", "at": "15:30", "choice": "a"}
GIVEN = pytest.mark.parametrize("data", [None, {}, WRONG, RIGHT | {"one": "b", "many": ["a"]}])


@GIVEN
@pytest.mark.parametrize("name", list(RIGHT))
def test_a_field_of_one_control(name, data):
    field = Form(data, prefix="nyt")[name]
    assert Reader(labelled(field)).parts == Reader(as_crispy_field(field)).parts


@GIVEN
@pytest.mark.parametrize("name", ["one", "many"])
def test_chips_name_their_label_hint_and_error(name, data):
    field = Form(data)[name]
    html = chips(field)
    tags = [part for part in Reader(html).parts if isinstance(part, tuple)]
    (fieldset,) = (dict(attrs) for tag, attrs in tags if tag == "fieldset")
    ids = {dict(attrs).get("id") for _, attrs in tags}
    described_by = set((fieldset.get("aria-describedby") or "").split())
    assert described_by == {i for i in ids if i and i.endswith(("_hint", "_error"))}
    labels = [dict(attrs)["for"] for tag, attrs in tags if tag == "label"]
    assert labels == [dict(attrs)["id"] for tag, attrs in tags if tag == "input"]
    assert bool(field.errors) == ("has-error" in fieldset["class"]) == ("field-error" in html)
    assert NASTY not in html
