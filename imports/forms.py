from crispy_forms.layout import Field
from django import forms

from web.forms import PlainForm, layout


class FileLayout(Field):
    template = "crispy/file.html"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleaned to [(name, bytes)]."""

    widget = FilesInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"})

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        return [(file.name, file.read()) for file in files]


class ImportForm(PlainForm):
    files = FilesField(
        label="Regneark",
        allow_empty_file=True,
        help_text=(
            "En Excel-fil (.xlsx), eller CSV-filer, der hedder som arkene: "
            "unge.csv, statusser.csv …"
        ),
        error_messages={"required": "Vælg en fil."},
    )
    keep_reach = forms.BooleanField(
        label="Numre og mailadresser i noterne er de unges egne. Gem noterne, som de er.",
        required=False,
    )
    asked_at_times = ("keep_reach",)

    def __init__(self, data=None, files=None, *, show_keep_reach=False, again="", **kwargs):
        """`again`: names of files to choose once more."""
        super().__init__(data, files, **kwargs)
        fields = [FileLayout("files")]
        if show_keep_reach:
            fields.append("keep_reach")
        self.helper = layout(*fields)
        if again:
            files_field = self.fields["files"]
            files_field.label = f"Vælg {again} igen"
            files_field.help_text = (
                "Filen er ikke gemt på serveren, og derfor skal den vælges en gang til."
            )
