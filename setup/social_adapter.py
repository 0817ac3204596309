"""Single sign-on of somebody invited: settings.SOCIALACCOUNT_ADAPTER."""

from django.core.exceptions import ValidationError

from accounts.social_adapter import OnlyInvited
from setup.models import Invitation


class WithInvitations(OnlyInvited):
    def who_is_invited(self, email):
        """Accept the newest invitation that works: its link proves no more than the provider does.

        Another one is accepted by its own link.
        """
        invitation = Invitation.objects.works_for(email)
        if invitation is None:
            return None
        user = invitation.new_user()
        user.set_unusable_password()
        try:
            invitation.save_user(user)
            invitation.accept(user)
        except ValidationError:  # used or over meanwhile
            return None
        return user
