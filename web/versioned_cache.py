"""Values made from the database, kept in this process at the version they were made from."""

from threading import Lock
from weakref import WeakSet

from cachetools import LRUCache
from django.db import connection


class VersionedCache:
    """The `size` values last asked for, each at the last version asked for.

    A version stands for all that a value is made from. Nothing is kept inside a transaction: it may
    be rolled back, and its version be given to other rows.
    """

    instances = WeakSet()

    def __init__(self, size):
        self._kept = LRUCache(size)
        self._lock = Lock()
        self.instances.add(self)

    @classmethod
    def clear_all(cls):
        """For tests: another database has come in the place of the first."""
        for cache in cls.instances:
            with cache._lock:
                cache._kept.clear()

    def read(self, versions, build):
        """{key: value} of {key: version}.

        `build(keys)` returns {key: value} of those that are not kept.
        """
        with self._lock:
            kept = {key: self._kept.get(key) for key in versions}
        values = {
            key: entry[1] for key, entry in kept.items() if entry and entry[0] == versions[key]
        }
        missing = [key for key in versions if key not in values]
        if missing:
            built = build(missing)
            values |= built
            if not connection.in_atomic_block:
                with self._lock:
                    for key, value in built.items():
                        self._kept[key] = versions[key], value
        return values

    def read_one(self, key, version, build):
        return self.read({key: version}, lambda keys: {key: build()})[key]
