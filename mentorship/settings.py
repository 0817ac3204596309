"""Settings from environment variables (docs/operations.md).

Without SECRET_KEY the site is LOCAL: localhost over http, with keys of its own in var/.
With it the site is real: https only, and ALLOWED_HOSTS is required.
"""

import os
from importlib.resources import files
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from accounts.encryption import new_key
from mentorship.single_sign_on import single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# The database, keys and exports are their owner's alone.
os.umask(0o077)

env = environ.Env()
env.read_env(BASE_DIR / ".env")

LOCAL = "SECRET_KEY" not in env
DEBUG = env.bool("DEBUG", default=False)


def local_key(name, make):
    """Created once in var/."""
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(exist_ok=True)
        path.write_text(make())
    return path.read_text()


SECRET_KEY = local_key("secret-key", get_random_secret_key) if LOCAL else env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # read only, while changing it
# The first encrypts; accounts/encryption.py.
MFA_KEYS = [local_key("mfa-key", new_key)] if LOCAL else env.list("MFA_KEYS", default=[])
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if LOCAL else env.list("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "mentorship",
    "demo",
    "imports",
    "overview",
    "setup",
    "reporting",
    "cases",
    "accounts",
    "web",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

# Headers first: refusals and static files have them too.
MIDDLEWARE = [
    "web.request_id.give_request_id",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mentorship.middleware.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mentorship.middleware.requests_are_utf8",
    "django.middleware.gzip.GZipMiddleware",  # padded against BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.note_use",
    "mentorship.middleware.end_with_last_role",
    "mentorship.middleware.keep_typed_form",
    "mentorship.second_factor.require_second_factor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mentorship.middleware.current_programme",
    "mentorship.request_limit.RequestLimit",
    "mentorship.writing.WriteGuard",
]

ROOT_URLCONF = "mentorship.urls"
WSGI_APPLICATION = "mentorship.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentorship.context_processors.frame",
                "mentorship.menu.menu",
            ],
        },
    },
]
FORM_RENDERER = "web.renderer.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# EXTRA keeps the last commit at power loss; IMMEDIATE: writers wait (decision 003). Requests that
# write open their transaction in mentorship/writing.py: reading must not take the write lock.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'mentorship.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; "
        "PRAGMA cache_spill=OFF",  # nobody waits to read before a long transaction commits
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening the file costs as much as a small page
    VAR_DIR.mkdir(exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SINGLE_SIGN_ON, SIGN_IN_PAGES = single_sign_on(env, local=LOCAL)
SOCIALACCOUNT_ADAPTER = "setup.social_adapter.WithInvitations"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "mentorship.permissions.RolesBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "cases.passwords.HardToGuess"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Mentorindsats: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# What they count and why: accounts/adapter.py.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",  # allauth's, of codes; the key is the user
    "login_failed_address": "10/m/ip",
    "login_failed_pair": "5/5m/key",
    "login_failed_account": "100/h/key",
    "login_failed_device": "5/5m/key",
    "open_invitation": "20/m/ip",
}
# allauth's writes a row when a link is looked at; Django's holds the e-mail in the token too.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
# A code of the app holds for its own 30 seconds only: allauth remembers a used one just as long,
# so a tolerance would let it in again.
MFA_ADAPTER = "accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN
MFA_TOTP_TOLERANCE = 0
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
}
# Off: the demo's logins come in without one on a local site.
DEMO_ASKS_FACTOR = env.bool("FACTOR", default=False)
# Not in a cookie: messages hold names.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Eight hours from signing in, less when unused.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60

# Rate limits hold across workers, also while thousands of e-mails are made up.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "mentorship.formats"

# Bootstrap's package is not installed as an app: it has a base.html.
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", str(files("django_include_bootstrap") / "static")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "woff2", "gz", "br")

# Uploaded files hold names. A larger request keeps no file (imports/views.py).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # icons inside Bootstrap's style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *SIGN_IN_PAGES],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
DEVICE_COOKIE_NAME = "device"  # accounts/known_devices.py
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"
    if env.bool("BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

# A local site prints mails.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="mentorindsats@localhost")

# Of one user at one worker. None: no limits (mentorship/request_limit.py).
REQUESTS_A_MINUTE = None if LOCAL else env.int("REQUESTS_A_MINUTE", default=300)

# The accessibility statement at Digitaliseringsstyrelsen.
ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", default="")

# Less than gunicorn's own 30, after which it would end the worker.
PDF_SECONDS = env.int("PDF_SECONDS", default=20)

IMPORT_SECONDS = env.int("IMPORT_SECONDS", default=600)

# Paths hold UUIDs, no names; errors come without their messages. In between are security events
# (web/security_log.py), lines of JSON.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refusals": {"()": "mentorship.refusals.OneLineEach"},
        "request_id": {"()": "web.request_id.RequestId"},
    },
    "formatters": {
        "line": {
            "()": "mentorship.refusals.WithoutValues",
            "format": "{asctime} {levelname} {name} {request_id} user={user} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        },
        "json": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refusals", "request_id"],
        },
        "events": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "level": "WARNING" if LOCAL else "INFO",  # a trial logs none
        },
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Quotes the provider's answer; the reason is a security event.
        "allauth.socialaccount.providers.saml": {"level": "CRITICAL"},
        "security": {"handlers": ["events"], "level": "INFO", "propagate": False},
    },
}

SILENCED_SYSTEM_CHECKS = []
