"""Indsatsen: the topics of the meetings, who stands in for whom, and drafts on the phones."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from cases.forms.programme import SubstitutionForm, TopicForm
from cases.models import Substitution
from web.dates import today
from web.views import ProgrammePermissionMixin


class ProgrammePage(ProgrammePermissionMixin, View):
    """The page, and what each of its small forms sends back to it."""

    permission_required = "cases.run_programme"
    saved = ""

    def get(self, request, **kwargs):
        return self.show()

    def show(self, status=200, **forms):
        programme = self.request.programme
        context = {
            "topics": programme.topics.all(),
            "substitutions": programme.substitutions.known()
            .filter(ends_on__gte=today())
            .select_related("mentor", "substitute"),
            "topic_form": TopicForm(programme=programme, prefix="emne"),
            "substitution_form": SubstitutionForm(
                programme=programme, user=self.request.user, prefix="vikar"
            ),
        }
        return render(self.request, "cases/programme.html", context | forms, status=status)

    def done(self, words):
        messages.success(self.request, words)
        return redirect("programme")


class AddTopic(ProgrammePage):
    def post(self, request):
        form = TopicForm(request.POST, programme=request.programme, prefix="emne")
        if not form.is_valid():
            return self.show(topic_form=form, status=422)
        return self.done(f"Emnet {form.save().name} er tilføjet.")


class ChangeTopic(ProgrammePage):
    """`emne` goes up one place (`op`), out of use (`ud`) or back into use (`ind`)."""

    def post(self, request):
        topics = list(request.programme.topics.all())
        named = [n for n, topic in enumerate(topics) if str(topic.pk) == request.POST.get("emne")]
        if not named:
            raise Http404
        place, topic = named[0], topics[named[0]]
        if "op" in request.POST:
            topics.insert(max(0, place - 1), topics.pop(place))
            for position, moved in enumerate(topics):
                moved.position = position
                moved.save(update_fields=["position"])
            return self.done(f"{topic.name} er flyttet op.")
        topic.in_use = "ind" in request.POST
        topic.save(update_fields=["in_use"])
        return self.done(
            f"{topic.name} er {'i brug igen' if topic.in_use else 'taget ud. Gamle møder beholder det'}."
        )


class AddSubstitution(ProgrammePage):
    def post(self, request):
        form = SubstitutionForm(
            request.POST, programme=request.programme, user=request.user, prefix="vikar"
        )
        if not form.is_valid():
            return self.show(substitution_form=form, status=422)
        return self.done(f"{form.save().substitute} er vikar.")


class EndSubstitution(ProgrammePage):
    """A substitution that is no longer needed is withdrawn; what was logged meanwhile stays."""

    def post(self, request, uuid):
        substitution = get_object_or_404(
            Substitution.objects.known(), programme=request.programme, uuid=uuid
        )
        try:
            substitution.withdraw(by=request.user, reason="Ikke længere brug for vikar")
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("programme")
        return self.done(f"{substitution.substitute} er ikke længere vikar.")


class SetTwoToIssue(ProgrammePage):
    """Whether a report is issued by somebody else than the one who has written it."""

    def post(self, request):
        programme = request.programme
        programme.two_to_issue = "til" in request.POST
        programme.save(update_fields=["two_to_issue"])
        return self.done(
            f"Rapporter udsendes nu af {'to tovholdere' if programme.two_to_issue else 'én tovholder'}."
        )


class SetDrafts(ProgrammePage):
    def post(self, request):
        request.programme.keeps_drafts = "til" in request.POST
        request.programme.save(update_fields=["keeps_drafts"])
        return self.done(
            "Kladder er slået til." if request.programme.keeps_drafts else "Kladder er slået fra."
        )
