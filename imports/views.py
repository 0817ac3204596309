"""Import: the coordinator tries a file, sees what it would add or what must be mended, and then imports it."""

from base64 import b64encode
from hashlib import sha256

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.generic import View

from imports import workbook
from imports.forms import ImportForm
from imports.importing import import_files
from imports.limits import MOST_BYTES, TOO_LARGE
from imports.meetings import REACH
from imports.problems import as_csv
from web.danish import listed
from web.views import ProgrammePermissionMixin, attachment

SHOWN = 100  # problems on the page; the list that can be downloaded has more
AROUND = 100_000  # bytes of a request that are not its files
NOTHING_NEW = "Der er ikke noget nyt at importere."


# The import has a transaction of its own, which begins when the file has been read: a large one keeps nobody waiting.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ImportRegister(ProgrammePermissionMixin, View):
    """A file is tried first: nothing is written, and nothing of it is kept on the server. The page then knows the
    file's digest, and imports the same file when it is chosen once more; another one is tried like the first.
    """

    permission_required = "cases.import_register"

    def get(self, request):
        return self.show(ImportForm())

    def post(self, request):
        form = ImportForm(request.POST, request.FILES)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + AROUND:
            form.errors["files"] = form.error_class([TOO_LARGE])  # none of its files was kept
        if not form.is_valid():
            return self.show(form, status=422)
        files, keep_reach = form.cleaned_data["files"], form.cleaned_data["keep_reach"]
        digest, wanted = digest_of(files), "importer" in request.POST
        is_tried = request.POST.get("proevet") == digest
        outcome = import_files(
            request.programme,
            files,
            by=request.user,
            dry_run=not (wanted and is_tried),
            keep_reach=keep_reach,
        )
        if outcome.written:
            messages.success(
                request, f"Importeret: {listed(outcome.new)}." if outcome.new else NOTHING_NEW
            )
            return redirect("import_register")
        if outcome.problems:
            return self.show_problems(outcome.problems, keep_reach)
        return self.show_trial(outcome, files, digest, keep_reach, is_another=wanted)

    def show_problems(self, problems, keep_reach):
        asks = keep_reach or any(problem.sentence == REACH for problem in problems)
        form = ImportForm(asks_about_reach=asks, initial={"keep_reach": keep_reach})
        as_link = f"data:text/csv;base64,{b64encode(as_csv(problems)).decode()}"  # so that nothing is kept for later
        return self.show(form, status=422, problems=problems, shown=problems[:SHOWN], list=as_link)

    def show_trial(self, outcome, files, digest, keep_reach, is_another):
        again = listed([name for name, _ in files]) if outcome.new else ""
        form = ImportForm(
            asks_about_reach=keep_reach, again=again, initial={"keep_reach": keep_reach}
        )
        return self.show(form, outcome=outcome, digest=digest, is_another=is_another)

    def show(self, form, status=200, **context):
        context = {"form": form, "problems": None, "outcome": None, "is_another": False, **context}
        return render(self.request, "imports/import.html", context, status=status)


def digest_of(files):
    """What tells these files from others: of their names and contents, in any order."""
    each = sorted(sha256(name.encode() + b"\0" + content).hexdigest() for name, content in files)
    return sha256("".join(each).encode()).hexdigest()


class ImportTemplate(ProgrammePermissionMixin, View):
    """An empty workbook for the programme, with its areas and mentors to choose from."""

    permission_required = "cases.import_register"

    def get(self, request):
        name = f"{request.programme.slug}-skabelon.xlsx"
        return attachment(workbook.to_bytes(request.programme), workbook.XLSX, name)
