"""What views of every app share."""

from uuid import UUID

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse


def is_uuid(text):
    """Return whether the text of a parameter is a UUID."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class ProgrammePermissionMixin(PermissionRequiredMixin):
    """Answer 403 unless the user has `permission_required` in `request.programme`.

    LoginRequiredMiddleware has redirected users who are not signed in.
    """

    raise_exception = True

    def has_permission(self):
        return self.request.user.has_perms(self.get_permission_required(), self.request.programme)


def attachment(content, content_type, name):
    """Return a response that is downloaded as a file of that name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
