"""One settings file for every place. What differs between places is an environment variable or a file in XINQIAO_HOME.

| variable | meaning | default |
|---|---|---|
| XINQIAO_HOME | the one folder of a platform: database, evidence, keys | ./var |
| XINQIAO_DATABASE_URL | another database than the SQLite file in it | sqlite |
| XINQIAO_HOSTS | host names served, comma separated | localhost,127.0.0.1,[::1] |
| XINQIAO_HTTPS | `1` when a proxy terminates TLS: secure cookies, HSTS | 0 |
| XINQIAO_SENDER | dotted path of what sends messages | a line in the log |
| XINQIAO_DEBUG | `1` shows error pages with details; never in production | 0 |
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from xinqiao.config.home import secret_key

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 0 or 1")
    return value == "1"


XINQIAO_HOME = Path(os.environ.get("XINQIAO_HOME", "var")).absolute()
XINQIAO_HTTPS = _flag("XINQIAO_HTTPS")
DEBUG = _flag("XINQIAO_DEBUG")
SECRET_KEY = secret_key(XINQIAO_HOME)
ALLOWED_HOSTS = os.environ.get("XINQIAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "xinqiao.directory",
    "xinqiao.people",
    "xinqiao.evidence",
    "xinqiao.outbox",
    "xinqiao.audit",
    "xinqiao.matters",
    "xinqiao.intake",
    "xinqiao.lookup",
    "xinqiao.ui",
    "xinqiao.portal",
    "xinqiao.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "xinqiao.ui.error_pages.MethodPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xinqiao.ui.middleware.OneNowMiddleware",
    "xinqiao.ui.middleware.RefusalMiddleware",
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
    }
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

AUTH_USER_MODEL = "directory.Account"
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:work"
LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

FORM_RENDERER = "xinqiao.ui.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = XINQIAO_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

XINQIAO_SENDER = os.environ.get("XINQIAO_SENDER", "xinqiao.outbox.senders.to_log")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = XINQIAO_HTTPS
SECURE_HSTS_SECONDS = 31536000 if XINQIAO_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if XINQIAO_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = XINQIAO_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "xinqiao.ui.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SILENCED_SYSTEM_CHECKS = [] if XINQIAO_HTTPS else ["security.W004", "security.W008"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"xinqiao": {"level": "INFO"}},
}
