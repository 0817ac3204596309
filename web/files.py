import os

from django.core.management.base import CommandError


def write_whole(path, data, private=False):
    """Write all bytes or none, with mode 600 if `private`. Raise CommandError."""
    part = path.with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        part.unlink(missing_ok=True)
        with open(os.open(part, flags, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
