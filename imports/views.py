from base64 import b64encode
from hashlib import sha256

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from imports import background, sentences, workbook
from imports.forms import ImportForm
from imports.importing import import_files
from imports.limits import MAX_BYTES, MAX_BYTES_AT_ONCE, TOO_LARGE
from imports.meetings import CONTACT_DETAILS_IN_NOTE
from imports.models import ImportRun, Outcome
from imports.problems import Problems, problems_csv
from web.danish import listed
from web.views import ProgrammePermissionMixin, attachment

PROBLEMS_ON_PAGE = 100
OTHER_REQUEST_BYTES = 100_000  # beside the files
SECONDS_TO_REFRESH = 3


class ImportPage(ProgrammePermissionMixin, View):
    permission_required = "cases.import_register"

    def render_problems(self, problems, keep_reach, status=422):
        show_keep_reach = keep_reach or any(
            problem.sentence == CONTACT_DETAILS_IN_NOTE for problem in problems
        )
        form = ImportForm(show_keep_reach=show_keep_reach, initial={"keep_reach": keep_reach})
        number, shown = len(problems), problems[:PROBLEMS_ON_PAGE]
        return self.render_page(
            "problems",
            form,
            status=status,
            problems=shown,
            heading=sentences.problems_heading(number),
            advice=sentences.problems_advice(number),
            caption=sentences.problems_caption(len(shown), number),
            # The list is not kept on the server's disk either.
            csv_link=f"data:text/csv;base64,{b64encode(problems_csv(problems)).decode()}",
        )

    def render_trial(self, new, notes, digest, keep_reach, again, is_another=False):
        form = ImportForm(
            show_keep_reach=keep_reach,
            again=again if new else "",
            initial={"keep_reach": keep_reach},
        )
        return self.render_page(
            "trial",
            form,
            heading=sentences.trial_heading(new),
            new=new,
            notes=notes,
            digest=digest,
            is_another=is_another,
        )

    def render_page(self, template, form, status=200, **context):
        context = {"form": form, **context}
        return render(self.request, f"imports/{template}.html", context, status=status)


class ImportRegister(ImportPage):
    """Try files, then import the same ones, known by their digest: no file is kept."""

    def get(self, request):
        last = request.programme.import_runs.select_related("by").first()
        return self.render_page(
            "import", ImportForm(), last=last, last_is_running=last and background.is_running(last)
        )

    def post(self, request):
        form = ImportForm(request.POST, request.FILES)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + OTHER_REQUEST_BYTES:
            form.errors["files"] = form.error_class([TOO_LARGE])  # the upload was discarded
        if not form.is_valid():
            return self.render_page("import", form, status=422)
        files = form.cleaned_data["files"]
        digest, wants_import = digest_of(files), "importer" in request.POST
        run = ImportRun(
            programme=request.programme,
            by=request.user,
            digest=digest,
            is_trial=not (wants_import and request.POST.get("proevet") == digest),
            keep_reach=form.cleaned_data["keep_reach"],
        )
        is_another = wants_import and run.is_trial
        if MAX_BYTES_AT_ONCE < sum(len(content) for _, content in files) <= MAX_BYTES:
            return self.import_in_background(run, files, is_another)
        return self.import_at_once(run, files, is_another)

    def import_at_once(self, run, files, is_another):
        result = import_files(
            run.programme, files, by=run.by, dry_run=run.is_trial, keep_reach=run.keep_reach
        )
        if result.written:
            messages.success(self.request, sentences.imported(result.new))
            return redirect("import_register")
        if result.problems:
            return self.render_problems(result.problems, run.keep_reach)
        names = listed([name for name, _ in files])
        return self.render_trial(
            result.new, result.notes, run.digest, run.keep_reach, names, is_another
        )

    def import_in_background(self, run, files, is_another):
        try:
            background.start(run, files)
        except background.AlreadyRunning:
            messages.warning(self.request, sentences.ALREADY_RUNNING)
            return redirect("import_register")
        if is_another:
            messages.warning(self.request, sentences.ANOTHER_FILE)
        return redirect(run)


def digest_of(files):
    """Of names and contents, in any order."""
    digests = sorted(sha256(name.encode() + b"\0" + content).hexdigest() for name, content in files)
    return sha256("".join(digests).encode()).hexdigest()


class ImportRunPage(ImportPage):
    def load(self):
        runs = ImportRun.objects.visible_to(self.request.user)
        self.run = get_object_or_404(
            runs.select_related("programme", "by"), uuid=self.kwargs["uuid"]
        )

    def get_programme(self):
        return self.run.programme

    def get(self, request, uuid):
        run = self.run
        if background.is_running(run):
            response = self.render_page("running", None, run=run, progress=background.state_of(run))
            response.headers["Refresh"] = SECONDS_TO_REFRESH
            return response
        if run.outcome == Outcome.TRIED:
            return self.render_trial(run.new, run.notes, run.digest, run.keep_reach, "filen")
        if run.outcome == Outcome.PROBLEMS:
            problems = background.state_of(run)
            if isinstance(problems, Problems):
                return self.render_problems(problems, run.keep_reach, status=200)
        return self.render_page("ended", ImportForm(), run=run, heading=sentences.heading_of(run))


class ImportTemplate(ProgrammePermissionMixin, View):
    is_file = True

    permission_required = "cases.import_register"

    def get(self, request):
        name = f"{request.programme.slug}-skabelon.xlsx"
        return attachment(workbook.to_bytes(request.programme), workbook.XLSX, name)
