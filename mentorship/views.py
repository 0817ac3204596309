"""Pages of the whole site."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from cases.models import Membership
from cases.roles import running_roles
from cases.sentences import role_held
from mentorship.context_processors import May
from mentorship.writing import CSRF, TECHNICAL, typed_texts
from setup.operators import may_begin_programme
from web import security_log
from web.dates import today
from web.request_id import request_id

FIRST_PAGE = (
    ("see_overview", "overview"),
    ("have_mentees", "my_week"),
    ("read_reports", "reports"),
    ("manage_members", "people"),
)

# Cached on the device.
SHELL = (
    "vendor/bootstrap/css/bootstrap.min.css",
    "css/theme.css",
    "js/theme.js",
    "js/page.js",
    "js/drafts.js",
    "js/connection.js",
    "img/icon.svg",
)


def home(request):
    """The first page of one's role; an operator's is the next step of what is being set up."""
    programme, may = request.programme, May(request)
    if not programme and may_begin_programme(request.user):
        return redirect("new_programme")
    if may["set_up"] and not may["see_overview"] and programme.set_up_at is None:
        return redirect("setup")
    return redirect(next((page for verb, page in FIRST_PAGE if may[verb]), "account"))


def account(request):
    user, shown = request.user, request.programme
    memberships = Membership.objects.running(today()).filter(user=user).select_related("programme")
    named = [("Navn", user.name), ("E-mail", user.email)]
    context = {
        "may_begin_programme": may_begin_programme(user),
        "about": [row for row in named if row[1]] + [role_held(row) for row in memberships],
        "choices": [
            (programme.name, f"{reverse('home')}?indsats={programme.slug}", programme == shown)
            for programme in running_roles(user)
        ],
    }
    return render(request, "account.html", context)


def help_page(request):
    return render(request, "help.html")


@login_not_required
def accessibility(request):
    return render(
        request, "accessibility.html", {"statement_url": settings.ACCESSIBILITY_STATEMENT_URL}
    )


@login_not_required
def privacy(request):
    return render(request, "privacy.html")


@login_not_required
def health(request):
    """200 if the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def offline(request):
    """`?sendt` after a form was sent."""
    return HttpResponse(
        offline_page(sent="sendt" in request.GET), headers={"Cache-Control": "no-cache"}
    )


def offline_page(sent):
    """Without user data: it is cached on shared devices."""
    return render_to_string("offline.html", {"sent": sent})


@login_not_required
def service_worker(request):
    """The digest changes with every cached file."""
    static_files = json.dumps([static(name) for name in SHELL])
    script = render_to_string(
        "sw.js", {"static_files": static_files, "offline": reverse("offline")}
    )
    files = [Path(finders.find(name)).read_bytes() for name in SHELL]
    texts = [script.encode(), *(offline_page(sent).encode() for sent in (False, True)), *files]
    digest = hashlib.sha256(b"".join(hashlib.sha256(text).digest() for text in texts)).hexdigest()
    return HttpResponse(
        f'const DIGEST = "{digest[:16]}";\n{script}',
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def bad_request(request, exception):
    """The request is not looked at: its Host, form or session may be wrong."""
    return HttpResponseBadRequest(render_to_string("400.html"))


@login_not_required
def too_many_requests(request):
    """For the limits of signing in and of requests."""
    security_log.record("too_many_requests", address=get_adapter().address(request))
    return render(request, "429.html", status=429)


def server_error(request):
    """Show what was typed; the database is not asked, since it may be gone.

    The transaction may have been committed before the error: the page never claims that nothing was
    saved. Sending the same form again is safe: its key is saved once.
    """
    posted = []
    if request.method == "POST" and not request.path.startswith("/konto/"):  # never a password
        with suppress(Exception):  # the form may be what could not be read
            fields = [(k, v) for k, values in request.POST.lists() for v in values if k != CSRF]
            posted = [] if request.FILES else fields  # an upload would be sent without its file
    typed = typed_texts((k, v) for k, v in posted if k not in TECHNICAL)
    context = {"typed": typed, "fields": posted, "csrf_token": get_token(request)}
    context["number"] = request_id(request)
    return HttpResponseServerError(render_to_string("500.html", context))
