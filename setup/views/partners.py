from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from cases.models import PartnerContact
from setup import params
from setup.forms.partners import ContactForm, PartnerForm, UsualPartnersForm, record_change
from web.views import ActionView, ProgrammePermissionMixin, ProgrammeRecordView, RecordView, is_yes


class PartnersMixin(ProgrammePermissionMixin):
    """Draws the list of partners with the posted form, if any."""

    permission_required = "cases.run_programme"
    template_name = "setup/partners.html"
    success_url = reverse_lazy("partners")
    prefix = None  # of the form the view records

    def get_context_data(self, form=None, **kwargs):
        programme = self.get_programme()
        forms = {
            name: form
            if form and prefix == self.prefix
            else form_class(programme=programme, prefix=prefix)
            for name, form_class, prefix in (
                ("partner_form", PartnerForm, None),
                ("usual_form", UsualPartnersForm, params.USUAL),
            )
        }
        contacts = Prefetch("contacts", PartnerContact.objects.known())
        partners = programme.partners.prefetch_related(contacts)
        return super().get_context_data(
            partners=[partner for partner in partners if partner.in_use],
            out_of_use=[partner for partner in partners if not partner.in_use],
            **forms,
            **kwargs,
        )


class PartnersPage(PartnersMixin, TemplateView):
    pass


class PartnersFormView(PartnersMixin, ProgrammeRecordView):
    """A form of the page; shown there again if it is not valid."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=kwargs.pop("form", None) or self.get_form(), **kwargs)


class AddPartner(PartnersFormView):
    form_class = PartnerForm

    def get_success_message(self, form):
        return f"{form.instance.name} er tilføjet."


class AddUsualPartners(PartnersFormView):
    form_class = UsualPartnersForm
    prefix = params.USUAL
    success_message = "Samarbejdspartnerne er tilføjet."


class PartnerMixin(ProgrammePermissionMixin):
    """404 unless it is the chosen programme's."""

    permission_required = "cases.run_programme"
    template_name = "setup/partner.html"

    def has_permission(self):
        if not super().has_permission():
            return False
        partners = self.get_programme().partners
        self.partner = get_object_or_404(partners, uuid=self.kwargs["partner"])
        return True

    def get_success_url(self):
        return reverse("partner", args=[self.partner.uuid])

    def get_context_data(self, form=None, contact_form=None, **kwargs):
        name_form = PartnerForm(programme=self.get_programme(), instance=self.partner)
        return super().get_context_data(
            partner=self.partner,
            contacts=PartnerContact.objects.known().filter(partner=self.partner),
            form=form or name_form,
            contact_form=contact_form or ContactForm(partner=self.partner, prefix=params.CONTACT),
            **kwargs,
        )


class EditPartner(PartnerMixin, RecordView):
    form_class = PartnerForm
    success_message = "Navnet er gemt."

    def get_form_kwargs(self):
        programme = self.get_programme()
        return super().get_form_kwargs() | {"programme": programme, "instance": self.partner}

    def get_success_url(self):
        return reverse("partners")


class AddContact(PartnerMixin, RecordView):
    form_class = ContactForm
    prefix = params.CONTACT

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partner": self.partner}

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(contact_form=form, **kwargs)

    def get_success_message(self, form):
        return f"{form.instance.name} er tilføjet."


class UsePartner(PartnerMixin, ActionView):
    def act(self):
        otherwise = "Vælg, om samarbejdspartneren skal være i brug."
        in_use = is_yes(self.request.POST, params.PUT_IN_USE, params.TAKE_OUT, otherwise)
        if in_use != self.partner.in_use:
            self.partner.in_use = in_use
            self.partner.save(update_fields=["in_use"])
            name = self.partner.name
            words = name, f"{name}, ude af brug"
            record_change(
                self.get_programme(), *(words[::-1] if in_use else words), self.request.user
            )
        change = "i brug igen" if in_use else "ude af brug. Det, der er skrevet, bliver stående"
        return f"{self.partner.name} er {change}."

    def get_success_url(self):
        return reverse("partners")


class WithdrawContact(PartnerMixin, ActionView):
    def act(self):
        contacts = PartnerContact.objects.filter(partner=self.partner)
        contact = get_object_or_404(contacts, uuid=self.kwargs["contact"])
        contact.withdraw(by=self.request.user, reason="Ikke længere kontaktperson")
        return f"{contact.name} er ikke længere kontaktperson."
