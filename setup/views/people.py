"""People, roles and inviting."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from accounts.recent import RecentlyAuthenticatedMixin
from cases.models import Role
from setup import mails
from setup.forms.invite import InviteForm
from setup.models import Invitation
from setup.people import people_of
from web.views import ActionView, ProgrammePermissionMixin, RecordView

INVITED_BY_COORDINATOR = (Role.MENTOR,)


def manageable_roles(user, programme):
    """Those that the user may give and end."""
    if user.has_perm("accounts.manage_members", programme):
        return tuple(Role)
    if user.has_perm("setup.invite_mentors", programme):
        return INVITED_BY_COORDINATOR
    return ()


class PeopleMixin(ProgrammePermissionMixin):
    permission_required = "setup.see_people"
    success_url = reverse_lazy("people")

    @property
    def roles(self):
        return manageable_roles(self.request.user, self.get_programme())

    def get_success_url(self):
        return str(self.success_url)


class People(PeopleMixin, TemplateView):
    template_name = "setup/people.html"

    def get_context_data(self, **kwargs):
        current, former = people_of(self.request.programme)
        may = [(row, self.may(row)) for row in current]
        return super().get_context_data(
            people=may,
            former=former,
            signing_in=len({row.email for row in current if row.is_accepted and not row.is_late}),
            waiting=sum(not row.is_accepted for row in current),
            unsent=[row for row in current if row.state == "Ikke sendt"],
            is_operator=self.request.user.has_perm(
                "accounts.manage_members", self.request.programme
            ),
            **kwargs,
        )

    def may(self, row):
        """Whether the user may end the role, or send the invitation again."""
        about = row.membership or row.invitation
        return about.role in self.roles


class Invite(RecentlyAuthenticatedMixin, PeopleMixin, RecordView):
    template_name = "setup/invite.html"
    permission_required = "setup.see_people"
    form_class = InviteForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "programme": self.get_programme(),
            "roles": self.roles,
        }

    def record(self, form):
        rows = super().record(form)
        mail(self.request, form.instance, form.token)
        return rows

    def get_success_message(self, form):
        name = form.instance.name
        if form.replaces:
            return f"{name} er inviteret igen. Den tidligere invitation virker ikke mere."
        return f"{name} er inviteret."


def mail(request, invitation, token):
    link = request.build_absolute_uri(reverse("account_open_invitation", args=[token]))
    mails.send_after_commit(invitation, link)


class InvitationAction(PeopleMixin, ActionView):
    def load(self):
        rows = Invitation.objects.open().filter(programme__isnull=False)
        rows = rows.select_related("programme")
        self.invitation = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        if self.invitation.role not in self.roles:
            raise Http404

    def get_programme(self):
        return self.invitation.programme


class SendAgain(RecentlyAuthenticatedMixin, InvitationAction):
    """A new link in the place of the old one, which nobody can read any longer."""

    def act(self):
        invitation = self.invitation.again()
        token, _ = invitation.invite(self.request.user)
        mail(self.request, invitation, token)
        return f"{invitation.name} har fået et nyt link. Det gamle virker ikke mere."


class WithdrawInvitation(InvitationAction):
    def act(self):
        self.invitation.withdraw(self.request.user)
        return f"Invitationen til {self.invitation.name} virker ikke mere."
