"""The files of an import."""

from crispy_forms.layout import Field
from django import forms

from web.forms import PlainForm, layout


class File(Field):
    """A file's field as the others are: label, hint, error, field."""

    template = "crispy/file.html"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more; cleaned to [(name, bytes)]. What is in them is the import's to judge."""

    widget = FilesInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"})

    def clean(self, data, initial=None):
        files = data or [None]
        return [
            (file.name, file.read())
            for file in (super(FilesField, self).clean(one, initial) for one in files)
        ]


class ImportForm(PlainForm):
    """`keep_reach` is asked about once a note has made the import wonder."""

    files = FilesField(
        label="Regneark",
        allow_empty_file=True,
        help_text="En Excel-fil (.xlsx), eller CSV-filer, der hedder som arkene: unge.csv, statusser.csv …",
        error_messages={"required": "Vælg en fil."},
    )
    keep_reach = forms.BooleanField(
        label="Numre og mailadresser i noterne er de unges egne. Gem noterne, som de er.",
        required=False,
    )
    asked_at_times = ("keep_reach",)

    def __init__(self, data=None, files=None, *, asks_about_reach=False, again="", **kwargs):
        """`again`: the name of a file that was tried and is to be chosen once more."""
        super().__init__(data, files, **kwargs)
        self.helper = layout(File("files"), *(["keep_reach"] if asks_about_reach else []))
        if again:
            self.fields["files"].label = f"Vælg {again} igen"
            self.fields[
                "files"
            ].help_text = "Filen er ikke gemt på serveren, og derfor skal den vælges en gang til."
