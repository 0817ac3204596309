"""Forms that were saved, by the key of each."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .programme import Programme


class SubmissionQuerySet(models.QuerySet):
    def claim(self, key, *, by, path, fields):
        """(Submission, whether it is new); to be called in the transaction that saves.

        `fields`: the (name, values) pairs posted. Of two equal forms at once the second waits for
        the first one's transaction: on PostgreSQL at the unique key, on SQLite at the write lock.
        """
        new = Submission(key=key, user=by, path=path, digest=digest_of(fields))
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError:
            return self.get(key=key), False
        return new, True


class Submission(models.Model):
    """Nothing typed is stored: `digest` tells whether the same text is sent again.

    `location` is where the user was sent, `message_tags` those of the message that said so (an
    offer to undo it).
    """

    key = models.UUIDField(unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="+", editable=False
    )
    path = models.CharField(max_length=300, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    location = models.CharField(max_length=300, editable=False)
    message_tags = models.TextField(blank=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "gemt formular"
        verbose_name_plural = "gemte formularer"

    def __str__(self):
        return str(self.key)

    def is_same(self, fields):
        return self.digest == digest_of(fields)


def digest_of(fields):
    """Keyed, so that nothing can be read from it; the order of fields does not matter."""
    lines = sorted(f"{name}={value}" for name, values in fields for value in values)
    return salted_hmac("cases.submission", "\0".join(lines), algorithm="sha256").hexdigest()
