"""One settings file for every place. What differs between places is an environment variable or a file in XINQIAO_HOME.

| variable | meaning | default |
|---|---|---|
| XINQIAO_HOME | the one folder of a platform: database, evidence, keys | ./var |
| XINQIAO_DATABASE_URL | another database than the SQLite file in it | sqlite |
| XINQIAO_HOSTS | host names served, comma separated | localhost,127.0.0.1,[::1] |
| XINQIAO_HTTPS | `1` when a proxy terminates TLS: secure cookies, HSTS | 0 |
| XINQIAO_SENDER | dotted path of what sends messages | their words in the log |
| XINQIAO_ADDRESS | where citizens reach the portal, as it stands in messages | http://localhost:8000 |
| XINQIAO_PROXIES | how many proxies stand in front and add to X-Forwarded-For | 0 |
| XINQIAO_TRUSTED_SENDERS | addresses or networks of partner systems that may send any number of requests | none |
| XINQIAO_SECOND_FACTOR | `required` of staff, or `offered` | required |
| XINQIAO_OIDC_... | single sign-on; see `config/log_in.py`, also for the file `log-in.toml` | none |
| XINQIAO_SESSION_IDLE_MINUTES | a session unused for so long ends | 60 |
| XINQIAO_SESSION_HOURS | no session lasts longer | 12 |
| XINQIAO_CODE_SENDER | dotted path of what sends log-in codes to phones | a line in the log |
| XINQIAO_DEBUG | `1` shows error pages with details; never in production | 0 |
"""

import os
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from xinqiao.config import log_in
from xinqiao.config.home import secret_key

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 0 or 1")
    return value == "1"


def _number(name: str, default: int, lowest: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdecimal() or int(value) < lowest:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to a number from {lowest} on")
    return int(value)


def _networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    given = [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]
    try:
        return tuple(ip_network(one) for one in given)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}. Give addresses or networks such as 10.1.2.3 or 10.1.2.0/24, comma separated"
        ) from error


XINQIAO_HOME = Path(os.environ.get("XINQIAO_HOME", "var")).absolute()
XINQIAO_HTTPS = _flag("XINQIAO_HTTPS")
XINQIAO_PROXIES = _number("XINQIAO_PROXIES", 0, 0)
XINQIAO_TRUSTED_SENDERS = _networks("XINQIAO_TRUSTED_SENDERS")
DEBUG = _flag("XINQIAO_DEBUG")
if DEBUG and XINQIAO_HTTPS:
    raise ImproperlyConfigured(
        "XINQIAO_DEBUG=1 shows what is within to everybody: behind TLS set it to 0"
    )
SECRET_KEY = secret_key(XINQIAO_HOME)
ALLOWED_HOSTS = os.environ.get("XINQIAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "xinqiao.directory",
    "xinqiao.people",
    "xinqiao.evidence",
    "xinqiao.outbox",
    "xinqiao.audit",
    "xinqiao.texts",
    "xinqiao.accounts",
    "xinqiao.matters",
    "xinqiao.intake",
    "xinqiao.health",
    "xinqiao.lookup",
    "xinqiao.reception",
    "xinqiao.duties",
    "xinqiao.supervision",
    "xinqiao.leadership",
    "xinqiao.group_visits",
    "xinqiao.disputes",
    "xinqiao.relief",
    "xinqiao.public_decisions",
    "xinqiao.targets",
    "xinqiao.search",
    "xinqiao.insight",
    "xinqiao.workspace",
    "xinqiao.ui",
    "xinqiao.portal",
    "xinqiao.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",  # after the doors, whose templates replace its own
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "xinqiao.api.way.WayOfPrograms",
    "django.middleware.security.SecurityMiddleware",
    "xinqiao.ui.middleware.OwnPagesOnlyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # after them: styles and scripts carry the headers, too
    "xinqiao.ui.error_pages.MethodPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "xinqiao.ui.uploads.LargestBodyMiddleware",  # before CSRF, which reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xinqiao.ui.middleware.OneNowMiddleware",
    "xinqiao.accounts.sessions.SessionLimits",
    "xinqiao.ui.middleware.RefusalMiddleware",
]

XINQIAO_PROGRAM_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "xinqiao.ui.middleware.OneNowMiddleware",
]

ROOT_URLCONF = "xinqiao.config.urls"
WSGI_APPLICATION = "xinqiao.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "xinqiao.ui.jinja.environment"},
    },
]

# SQLite: WAL lets readers go on beside one writer; IMMEDIATE takes the write lock at BEGIN, so two writers
# queue instead of failing half-way; FULL means an acknowledged contact survives a power cut;
# recursive_triggers makes INSERT OR REPLACE hit the ledger's delete trigger.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
    ),
}
# PostgreSQL: values travel beside the statement, and a statement used often is planned once.
_POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 5}
_database = dj_database_url.parse(
    os.environ.get("XINQIAO_DATABASE_URL") or f"sqlite:///{XINQIAO_HOME / 'xinqiao.sqlite3'}",
    conn_max_age=600,
    conn_health_checks=True,
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database |= {"ENGINE": "xinqiao.config.sqlite", "OPTIONS": _SQLITE_OPTIONS}
elif _database["ENGINE"] == "django.db.backends.postgresql":
    _options = _POSTGRESQL_OPTIONS | _database.get("OPTIONS", {})
    _database |= {"ENGINE": "xinqiao.config.postgresql", "OPTIONS": _options}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes, and asked only where somebody logs in or was wrong: the counters of `accounts.throttle`.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "xinqiao_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Of this process alone: how many requests each sender made at the door for programs (`api.pace`).
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:work"
LOGOUT_REDIRECT_URL = "desk:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]

try:
    _LOG_IN = log_in.read(XINQIAO_HOME, os.environ)
except log_in.Unusable as error:
    raise ImproperlyConfigured(str(error)) from error
XINQIAO_SECOND_FACTOR = _LOG_IN.second_factor
XINQIAO_SINGLE_SIGN_ON = _LOG_IN.single_sign_on
XINQIAO_CODE_SENDER = os.environ.get("XINQIAO_CODE_SENDER", "xinqiao.accounts.senders.to_log")
XINQIAO_SESSION_IDLE = timedelta(minutes=_number("XINQIAO_SESSION_IDLE_MINUTES", 60, 1))
XINQIAO_SESSION_LASTS = timedelta(hours=_number("XINQIAO_SESSION_HOURS", 12, 1))

ACCOUNT_ADAPTER = "xinqiao.accounts.adapters.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "xinqiao.desk.account.forms.LogInForm",
    "reauthenticate": "xinqiao.desk.account.forms.PasswordAgainForm",
    "change_password": "xinqiao.desk.account.forms.ChangePasswordForm",
}
# A hall of officials may share one address. `login_failed` counts what was wrong: by address, and by log-in name.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/15m/ip,8/5m/key"}
MFA_ADAPTER = "xinqiao.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "信桥"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not XINQIAO_HTTPS  # browsers allow it on localhost alone
MFA_FORMS = {
    "authenticate": "xinqiao.desk.account.forms.CodeForm",
    "reauthenticate": "xinqiao.desk.account.forms.CodeAgainForm",
    "activate_totp": "xinqiao.desk.account.forms.ActivateAppForm",
    "add_webauthn": "xinqiao.desk.account.forms.AddKeyForm",
    "edit_webauthn": "xinqiao.desk.account.forms.RenameKeyForm",
}
SOCIALACCOUNT_ADAPTER = "xinqiao.accounts.adapters.SignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = XINQIAO_SINGLE_SIGN_ON.provider() if XINQIAO_SINGLE_SIGN_ON else {}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "xinqiao.ui.formats"

FORM_RENDERER = "xinqiao.ui.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = XINQIAO_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

XINQIAO_SENDER = os.environ.get("XINQIAO_SENDER", "xinqiao.notices.senders.to_log")
XINQIAO_ADDRESS = os.environ.get("XINQIAO_ADDRESS", "http://localhost:8000")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        # A form that leads to single sign-on is sent on to its provider.
        "form-action": [SELF, *([XINQIAO_SINGLE_SIGN_ON.origin] if XINQIAO_SINGLE_SIGN_ON else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = XINQIAO_HTTPS
SECURE_HSTS_SECONDS = 31536000 if XINQIAO_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = XINQIAO_HTTPS
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if XINQIAO_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = XINQIAO_HTTPS
SESSION_COOKIE_AGE = int(XINQIAO_SESSION_LASTS.total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = (
    True  # pages carry the token; no script reads cookies
)
if XINQIAO_HTTPS:  # a browser takes these names from this very host alone, and over TLS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "xinqiao.ui.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Preloading (W021) is for the owner of the whole domain to ask for, not for one platform under it.
SILENCED_SYSTEM_CHECKS = ["security.W021"] + (
    [] if XINQIAO_HTTPS else ["security.W004", "security.W008"]
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "xinqiao.config.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "xinqiao": {"level": "INFO"},
        # At DEBUG they write whole pages and statements, with everything in them: never, whatever else is turned on.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
    },
}
