"""Secrets of second factors in the database: AES-256-GCM under a key of their own.

`settings.MFA_KEYS` holds the keys, newest first: each 32 bytes in base64. A stored secret is
"<key id>:<base64 of nonce and ciphertext>", so `rotate_mfa_keys` finds what an older key wrote.
"""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12


class KeyMissing(Exception):
    """A secret was written with a key that is not in MFA_KEYS."""


def new_key():
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_bytes(key):
    """Raise ValueError if it is not 32 bytes in base64."""
    try:
        found = urlsafe_b64decode(key)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(found) != KEY_BYTES:
        raise ValueError(f"{len(found)} bytes")
    return found


def key_id(key):
    """The name tells nothing about the key."""
    return sha256(key_bytes(key)).hexdigest()[:12]


def encrypt(text):
    newest = settings.MFA_KEYS[0]
    name, nonce = key_id(newest), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key_bytes(newest)).encrypt(nonce, text.encode(), name.encode())
    return f"{name}:{urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored):
    """Raise KeyMissing without its key, InvalidTag if it was changed."""
    name, _, sealed = stored.partition(":")
    keys = {key_id(key): key for key in settings.MFA_KEYS}
    if name not in keys:
        raise KeyMissing(name)
    found = urlsafe_b64decode(sealed)
    nonce, rest = found[:NONCE_BYTES], found[NONCE_BYTES:]
    return AESGCM(key_bytes(keys[name])).decrypt(nonce, rest, name.encode()).decode()
