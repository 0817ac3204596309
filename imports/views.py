"""The import page and the template to download."""

from base64 import b64encode
from hashlib import sha256

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.generic import View

from imports import sentences, workbook
from imports.forms import ImportForm
from imports.importing import import_files
from imports.limits import MAX_BYTES, TOO_LARGE
from imports.meetings import CONTACT_DETAILS_IN_NOTE
from imports.problems import problems_csv
from web.danish import listed
from web.views import ProgrammePermissionMixin, attachment

PROBLEMS_ON_PAGE = 100
OTHER_REQUEST_BYTES = 100_000  # beside the files
NOTHING_NEW = "Der er ikke noget nyt at importere."


class ImportRegister(ProgrammePermissionMixin, View):
    """Try files, then import the same files, known by their digest, when uploaded again.

    Nothing of a file is kept on the server.
    """

    permission_required = "cases.import_register"

    def get(self, request):
        return self.render_page("import", ImportForm())

    def post(self, request):
        form = ImportForm(request.POST, request.FILES)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + OTHER_REQUEST_BYTES:
            form.errors["files"] = form.error_class([TOO_LARGE])  # the upload was discarded
        if not form.is_valid():
            return self.render_page("import", form, status=422)
        files, keep_reach = form.cleaned_data["files"], form.cleaned_data["keep_reach"]
        digest, wants_import = digest_of(files), "importer" in request.POST
        result = import_files(
            request.programme,
            files,
            by=request.user,
            dry_run=not (wants_import and request.POST.get("proevet") == digest),
            keep_reach=keep_reach,
        )
        if result.written:
            sentence = f"Importeret: {listed(result.new)}." if result.new else NOTHING_NEW
            messages.success(request, sentence)
            return redirect("import_register")
        if result.problems:
            return self.render_problems(result.problems, keep_reach)
        return self.render_trial(result, files, digest, keep_reach, is_another=wants_import)

    def render_problems(self, problems, keep_reach):
        show_keep_reach = keep_reach or any(
            problem.sentence == CONTACT_DETAILS_IN_NOTE for problem in problems
        )
        form = ImportForm(show_keep_reach=show_keep_reach, initial={"keep_reach": keep_reach})
        number, shown = len(problems), problems[:PROBLEMS_ON_PAGE]
        return self.render_page(
            "problems",
            form,
            status=422,
            problems=shown,
            heading=sentences.problems_heading(number),
            advice=sentences.problems_advice(number),
            caption=sentences.problems_caption(len(shown), number),
            # The list is not kept on the server either.
            csv_link=f"data:text/csv;base64,{b64encode(problems_csv(problems)).decode()}",
        )

    def render_trial(self, result, files, digest, keep_reach, is_another):
        again = listed([name for name, _ in files]) if result.new else ""
        form = ImportForm(
            show_keep_reach=keep_reach, again=again, initial={"keep_reach": keep_reach}
        )
        notes = [sentences.known_rows(result.known, result.no_longer), result.duplicates_sentence]
        return self.render_page(
            "trial",
            form,
            heading=sentences.trial_heading(result.new),
            new=result.new,
            notes=[note for note in notes if note],
            digest=digest,
            is_another=is_another,
        )

    def render_page(self, template, form, status=200, **context):
        context = {"form": form, **context}
        return render(self.request, f"imports/{template}.html", context, status=status)


def digest_of(files):
    """Of names and contents, in any order."""
    digests = sorted(sha256(name.encode() + b"\0" + content).hexdigest() for name, content in files)
    return sha256("".join(digests).encode()).hexdigest()


class ImportTemplate(ProgrammePermissionMixin, View):
    permission_required = "cases.import_register"

    def get(self, request):
        name = f"{request.programme.slug}-skabelon.xlsx"
        return attachment(workbook.to_bytes(request.programme), workbook.XLSX, name)
