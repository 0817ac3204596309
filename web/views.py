"""What views of every app share."""

from uuid import UUID

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse


def is_uuid(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class ProgrammePermissionMixin(PermissionRequiredMixin):
    """403 unless the user has `permission_required` in `request.programme`."""

    raise_exception = True

    def has_permission(self):
        return self.request.user.has_perms(self.get_permission_required(), self.request.programme)


def attachment(content, content_type, name):
    """Return `content` as a download with the file name `name`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
