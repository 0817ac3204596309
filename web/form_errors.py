"""Errors in forms, and several forms that are one to the user."""

CONTENT = "indhold"  # id of <main>


def error_links(form):
    """[(id of the field, error)]; of the whole form: its first field, else the page's content."""
    fields = form.visible_fields()
    idents = [field.id_for_label or field.auto_id for field in fields]
    of_form = [(idents[0] if idents else CONTENT, error) for error in form.non_field_errors()]
    return of_form + [
        (ident, error)
        for ident, field in zip(idents, fields, strict=True)
        for error in field.errors
    ]


class CombinedForm:
    """Several forms asked as one; errors of the register go to the first."""

    is_conflict = False

    def __init__(self, *forms):
        self.forms = forms

    def is_valid(self):
        return all([form.is_valid() for form in self.forms])

    def add_error(self, field, error):
        self.forms[0].add_error(field, error)

    @property
    def asked(self):
        return [warning for form in self.forms for warning in form.asked]

    @property
    def warnings(self):
        return [warning for form in self.forms for warning in form.warnings]

    @property
    def errors(self):
        return [form for form in self.forms if form.is_bound and form.errors]

    def non_field_errors(self):
        return [error for form in self.errors for error in form.non_field_errors()]

    def visible_fields(self):
        return [field for form in self.errors for field in form.visible_fields()]
