"""The page Indsatsen: topics, substitutions and settings of the programme."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from cases import params, sentences
from cases.forms.programme import SubstitutionForm, TopicForm
from cases.models import FieldChange, Substitution
from web.dates import today
from web.views import ProgrammePermissionMixin


class ProgrammePage(ProgrammePermissionMixin, View):
    """The page, and the base of the views its forms post to."""

    permission_required = "cases.run_programme"

    def get(self, request, **kwargs):
        return self.render_page()

    def render_page(self, status=200, **forms):
        programme = self.request.programme
        substitutions = programme.substitutions.known().filter(ends_on__gte=today())
        context = {
            "topics": programme.topics.all(),
            "substitutions": [
                (substitution, sentences.substitution_period(substitution))
                for substitution in substitutions.select_related("mentor", "substitute")
            ],
            "topic_form": TopicForm(programme=programme, prefix=params.TOPIC),
            "substitution_form": SubstitutionForm(
                programme=programme, user=self.request.user, prefix=params.SUBSTITUTION_PREFIX
            ),
        }
        return render(self.request, "cases/programme.html", context | forms, status=status)

    def switch(self, field):
        """Set a boolean of the programme as posted, with a trace; False if neither was posted."""
        posted = self.request.POST
        if (params.SWITCH_ON in posted) == (params.SWITCH_OFF in posted):
            return False
        programme, value = self.request.programme, params.SWITCH_ON in posted
        before = getattr(programme, field)
        setattr(programme, field, value)
        programme.save(update_fields=[field])
        change = {field: ("ja" if before else "nej", "ja" if value else "nej")}
        FieldChange.objects.record(programme, change, by=self.request.user)
        return True

    def redirect_with_message(self, sentence):
        messages.success(self.request, sentence)
        return redirect("programme")


class AddTopic(ProgrammePage):
    def post(self, request):
        form = TopicForm(request.POST, programme=request.programme, prefix=params.TOPIC)
        if not form.is_valid():
            return self.render_page(topic_form=form, status=422)
        return self.redirect_with_message(f"Emnet {form.save().name} er tilføjet.")


class ChangeTopic(ProgrammePage):
    """Move a topic one place up, or take it out of use or back in use."""

    def post(self, request):
        topics = list(request.programme.topics.all())
        by_pk = {str(topic.pk): topic for topic in topics}
        topic = by_pk.get(request.POST.get(params.TOPIC))
        if topic is None:
            raise Http404
        if params.MOVE_UP in request.POST:
            return self.move_up(topics, topic)
        topic.in_use = params.PUT_IN_USE in request.POST
        topic.save(update_fields=["in_use"])
        change = "i brug igen" if topic.in_use else "taget ud. Gamle møder beholder det"
        return self.redirect_with_message(f"{topic.name} er {change}.")

    def move_up(self, topics, topic):
        index = topics.index(topic)
        topics.insert(max(0, index - 1), topics.pop(index))
        for position, moved in enumerate(topics):
            moved.position = position
            moved.save(update_fields=["position"])
        return self.redirect_with_message(f"{topic.name} er flyttet op.")


class AddSubstitution(ProgrammePage):
    def post(self, request):
        form = SubstitutionForm(
            request.POST,
            programme=request.programme,
            user=request.user,
            prefix=params.SUBSTITUTION_PREFIX,
        )
        if not form.is_valid():
            return self.render_page(substitution_form=form, status=422)
        return self.redirect_with_message(f"{form.save().substitute} er vikar.")


class EndSubstitution(ProgrammePage):
    """Withdraw a substitution; what the substitute has logged stays."""

    def post(self, request, uuid):
        substitution = get_object_or_404(
            Substitution.objects.known(), programme=request.programme, uuid=uuid
        )
        try:
            substitution.withdraw(by=request.user, reason="Ikke længere brug for vikar")
        except ValidationError as error:
            messages.warning(request, error.messages[0])
            return redirect("programme")
        return self.redirect_with_message(f"{substitution.substitute} er ikke længere vikar.")


class SetDrafts(ProgrammePage):
    """Set whether phones keep drafts of meeting notes."""

    def post(self, request):
        if not self.switch("keeps_drafts"):
            return self.render_page(status=400)
        state = "til" if request.programme.keeps_drafts else "fra"
        return self.redirect_with_message(f"Kladder er slået {state}.")
