"""Settings, all from the environment. With none of it set, the program runs whole on SQLite in one process.

DATA_DIR, PORT and PUBLIC_URL say where it lives; DATABASE_URL and REDIS_URL switch to PostgreSQL and Redis.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE

from .environment import BadSetting, read, read_port, read_seconds, read_switch
from .logs import make_logging
from .mail import parse_mail
from .public_url import parse_public_url
from .redis_address import parse_redis
from .secret import read_or_make_secret
from .speech import gettext_noop as _

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "data")).resolve()
PORT = read_port("PORT", 8000)
PUBLIC_URL = parse_public_url(os.environ.get("PUBLIC_URL") or f"http://localhost:{PORT}")
HTTPS = PUBLIC_URL.startswith("https://")
PROXY_HEADERS = read_switch("PROXY_HEADERS", default=False)
# Whether `serve` makes the demo programme, and links into it at each start.
DEMO = read_switch("DEMO", default=True)

DEBUG = False
SECRET_KEY = read("SECRET_KEY") or read_or_make_secret(DATA_DIR)
# Phones reach a laptop by whatever address it has today; the socket's Origin must be the page's own host.
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "*").split(",") if host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "channels",
    "csp",
    "sessions.apps.WorkshopConfig",
]

MIDDLEWARE = [
    "sessions.views.request_log.RequestLogMiddleware",
    # Those that add headers stand before WhiteNoise, which answers for the files of the build by itself.
    "sessions.views.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sessions.views.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sessions.views.gone_session.GoneSessionMiddleware",
]

ROOT_URLCONF = "cocreation.urls"
ASGI_APPLICATION = "cocreation.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

try:
    DATABASES = {
        "default": dj_database_url.parse(
            read("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'cocreation.sqlite3'}", conn_max_age=0
        )
    }
except ValueError:
    # Without what it says: that may hold the password.
    raise BadSetting(_("DATABASE_URL has to read postgresql://user:password@host:5432/name.")) from None
if password := read("DATABASE_PASSWORD"):
    DATABASES["default"]["PASSWORD"] = password
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never take the write lock (deferred transactions); FULL makes a commit survive a power cut; what is erased
    # is overwritten in the file (sessions/models/purge.py).
    DATABASES["default"]["CONN_MAX_AGE"] = None  # a file: opening it anew for each page is the dearer part of a join
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 0, "max_size": 20, "timeout": 20}

REDIS_URL = read("REDIS_URL")
REDIS = parse_redis(REDIS_URL, password=read("REDIS_PASSWORD")) if REDIS_URL else None
CHANNEL_LAYERS = (
    {
        "default": {
            # Bells only. The core layer with redis 8 drops idle sockets and dies in connect bursts.
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS.layer_host()], "prefix": "cocreation"},
        }
    }
    if REDIS
    else {}
)

_MAIL = parse_mail(read("EMAIL_URL"))
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read("EMAIL_FROM") or f"noreply@{urlsplit(PUBLIC_URL).hostname}"

AUTH_USER_MODEL = "workshop.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",  # by e-mail address as well
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/programmes/"
ACCOUNT_ADAPTER = "sessions.views.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # sessions/views/signin.py counts wrong passwords itself

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
FRONTEND_DIST = Path(os.environ.get("FRONTEND_DIST", BASE_DIR / "frontend" / "dist"))
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
# Only `make dev` sets it: pages name the sources, which Vite serves, instead of what was built.
FRONTEND_DEV = read_switch("FRONTEND_DEV", default=False)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Za-z_-]{8}\.(js|css|woff2)$"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # Vite puts styles into the page by script, so that it can exchange them.
        "style-src": [SELF, UNSAFE_INLINE] if FRONTEND_DEV else [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "sessions.models.logins"
# A browser drops Secure cookies on plain HTTP, which is how phones reach a laptop.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# On plain HTTP browsers ignore it, and say so on every page.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SILENCED_SYSTEM_CHECKS = [
    # The proxy sends people from HTTP to HTTPS. What comes here as HTTP comes from it, or is a health check.
    "security.W008",
    # Being on the browsers' preload list binds every name under the domain for years: its owner decides that.
    "security.W021",
]
CSRF_FAILURE_VIEW = "sessions.views.error_pages.csrf_failed"
X_FRAME_OPTIONS = "DENY"
METRICS_TOKEN = read("METRICS_TOKEN")
DRAIN_SECONDS = read_seconds("DRAIN_SECONDS")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOG_FORMAT = os.environ.get("LOG_FORMAT", "")
LOGGING = make_logging(LOG_FORMAT)
