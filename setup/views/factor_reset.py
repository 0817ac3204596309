from django.urls import reverse

from accounts.recent import RecentlyAuthenticatedMixin
from reporting.views.second_person import AnswerView
from setup.forms.factor_reset import FactorResetForm
from setup.models import FactorReset
from setup.params import USER
from web.views import RecordView


class ProposeFactorReset(RecentlyAuthenticatedMixin, RecordView):
    """`?bruger=` is the user chosen beforehand."""

    permission_required = "reporting.answer_proposals"
    form_class = FactorResetForm
    template_name = "setup/factor_reset.html"
    success_message = "Forslaget er gemt. En anden skal sige ja, før det gælder."

    def get_initial(self):
        return {"user": self.request.GET.get(USER)}

    def get_form_kwargs(self):
        about = {"programme": self.request.programme, "by": self.request.user}
        return super().get_form_kwargs() | about

    def get_success_url(self):
        return reverse("proposals")


class AnswerFactorReset(RecentlyAuthenticatedMixin, AnswerView):
    model = FactorReset
    confirmed = "Det gamle virker ikke mere. Der er sendt en mail om at begynde igen."
