from django.http import Http404

from cases import params, undo
from web.views import ActionView


class Undo(ActionView):
    def load(self):
        try:
            self.rows, self.back = undo.read_offer(
                self.request.POST.get(params.UNDO, ""), self.request.user
            )
        except ValueError as error:
            raise Http404 from error

    def get_programme(self):
        row = self.rows[0]
        return row.mentee.programme if hasattr(row, "mentee") else row.programme

    def has_permission(self):
        needed = {undo.PERMISSIONS[type(row)] for row in self.rows}
        return self.request.user.has_perms(needed, self.get_programme())

    def act(self):
        undo.undo(self.rows, by=self.request.user)
        return "Fortrudt. Det tæller ikke med."

    def get_success_url(self):
        return self.back
