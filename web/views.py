"""What views of every app share."""

from uuid import UUID

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse


def is_uuid(text):
    """Whether an address' parameter can be a key at all; what cannot is not found, rather than an error."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class ProgrammePermissionMixin(PermissionRequiredMixin):
    """A page for those whose role in the page's programme allows `permission_required`; a 403 for others.

    Somebody who is not signed in never comes this far: LoginRequiredMiddleware asks him to.
    """

    raise_exception = True

    def has_permission(self):
        return self.request.user.has_perms(self.get_permission_required(), self.request.programme)


def attachment(content, content_type, name):
    """The answer with a file that is saved under the name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
