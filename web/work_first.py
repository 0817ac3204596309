"""Slow work that a transaction needs, done while no transaction is open."""

from django.db import transaction


class WorkFirst(Exception):
    """Raised in a transaction: roll back, call `work`, and begin again with its result."""

    def __init__(self, work):
        super().__init__()
        self.work = work


def in_transaction(act):
    """Return `act(result)`, done in a transaction; `result` is None unless it raised WorkFirst.

    `act` is called again as long as it raises WorkFirst, so it must accept a result that fits.
    """
    result = None
    while True:
        try:
            with transaction.atomic():
                return act(result)
        except WorkFirst as first:
            result = first.work()
