"""Pages of the whole site: the way in, and the papers that concern everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.context import May
from cases.dates import today
from cases.models import Membership

# The page that answers a role's first question, the first that fits.
FIRST_PAGE = (("see_overview", "overview"), ("have_mentees", "my_week"), ("read_reports", "reports"))


def home(request):
    may = May(request)
    return redirect(next((page for verb, page in FIRST_PAGE if may[verb]), "account"))


def account(request):
    memberships = Membership.objects.running(today()).filter(user=request.user).select_related("programme")
    return render(request, "account.html", {"memberships": memberships})


def help_page(request):
    return render(request, "help.html")


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html", {"statement_url": settings.ACCESSIBILITY_STATEMENT_URL})


@login_not_required
def privacy(request):
    return render(request, "privacy.html")


@login_not_required
def health(request):
    """For the machine that watches: 200 when the database answers, an error otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
