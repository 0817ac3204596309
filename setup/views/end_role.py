from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import mark_safe

from accounts.recent import RecentlyAuthenticatedMixin
from cases.models import Membership, Role
from setup import mails
from setup.forms.end_role import FILL, EndRoleForm, HandOverForm, OperatorsForm
from web import svg
from web.dates import long_date, today
from web.views import RecordView

from .people import PeopleMixin


class EndRole(RecentlyAuthenticatedMixin, PeopleMixin, RecordView):
    """The coordinator also finds new mentors here after somebody who has already stopped.

    The operator sees numbers, never a young person's name.
    """

    template_name = "setup/end_role.html"

    def load(self):
        memberships = Membership.objects.select_related("user", "programme")
        self.membership = get_object_or_404(memberships, uuid=self.kwargs["uuid"])
        self.is_over = self.membership.is_over(today())
        if self.membership.role not in self.roles or (self.is_over and not self.gives_names):
            raise Http404

    def get_programme(self):
        return self.membership.programme

    @property
    def gives_names(self):
        """Whether the user sees the young people one by one."""
        sees = self.request.user.has_perm("cases.match_mentor", self.membership.programme)
        return sees and self.membership.role == Role.MENTOR

    def get_form_class(self):
        if self.membership.role != Role.MENTOR:
            return EndRoleForm
        return HandOverForm if self.gives_names else OperatorsForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"membership": self.membership}

    def post(self, request, *args, **kwargs):
        """Filling in the rest saves nothing: the page comes again with it."""
        if FILL in request.POST and self.gives_names:
            form = HandOverForm(membership=self.membership, initial=request.POST.dict())
            return self.render_form(form, status=200)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "membership": self.membership,
            "role": self.membership.get_role_display(),
            "is_over": self.is_over,
            "gives_names": self.gives_names,
            "left": form.left,
            "from_day": long_date(form.left.from_day),
            "rings": dots(0, len(form.left.people)),
            "loads": [
                (user, dots(has, gets), has, gets) for user, has, gets in getattr(form, "loads", ())
            ],
        }

    def record(self, form):
        rows = super().record(form)
        if getattr(form, "leaves_it_to_coordinators", False):
            programme = self.membership.programme
            overview = f"{reverse('overview')}?indsats={programme.slug}"
            link = self.request.build_absolute_uri(overview)
            mails.tell_coordinators(programme, form.left.from_day, link)
        return rows

    def get_success_message(self, form):
        number = len(form.left.people)
        name = self.membership.user
        moved = ""
        if number and self.gives_names:
            moved = f" {number} unge er givet videre fra {long_date(form.left.from_day)}."
        if self.is_over:
            return f"Gemt.{moved}"
        return f"Rollen slutter {long_date(self.membership.last_on)} for {name}.{moved}"


STEP, MIDDLE, RADIUS = 14, 7, 5


def dots(filled, rings):
    """A dot for each young person: those somebody has, and those they get."""
    kinds = [svg.GOAL] * filled + [svg.WAY] * rings
    width = STEP * len(kinds)
    inner = "".join(
        svg.dot(kind, MIDDLE + STEP * number, MIDDLE, RADIUS) for number, kind in enumerate(kinds)
    )
    return mark_safe(  # noqa: S308 (numbers)
        f'<svg class="dotrow" viewBox="0 0 {width} {STEP}" width="{width}" height="{STEP}" '
        f"{svg.HIDDEN}>{inner}</svg>"
    )
