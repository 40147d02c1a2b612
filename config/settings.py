"""The one settings file. Every choice comes from the environment; docs/reference/settings.md lists them.

`ASSAY_ENV=local` (the default) serves this machine only and keeps its secret in ASSAY_HOME.
`ASSAY_ENV=production` serves the hosts you name and refuses to start half-configured.
"""

from pathlib import Path
from typing import Any

import environ

from config import postgres, replica, safety

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

ASSAY_HOME = Path(env.str("ASSAY_HOME", default=str(BASE_DIR / "var"))).expanduser().resolve()
ASSAY_ENV: str = env.str("ASSAY_ENV", default="local")
PRODUCTION = ASSAY_ENV == "production"
DEBUG: bool = env.bool("ASSAY_DEBUG", default=False)
SECRET_KEY: str = env.str("ASSAY_SECRET_KEY", default="") or safety.local_secret(
    ASSAY_HOME, production=PRODUCTION
)
ALLOWED_HOSTS: list[str] = env.list(
    "ASSAY_ALLOWED_HOSTS", default=[] if PRODUCTION else safety.LOOPBACK
)

# The desk
ASSAY_DESK_NAME: str = env.str("ASSAY_DESK_NAME", default="Assay")
ASSAY_BASE_URL: str = env.str(
    "ASSAY_BASE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}"
).rstrip("/")
safety.refuse_unsafe(ASSAY_ENV, SECRET_KEY, ALLOWED_HOSTS, base_url=ASSAY_BASE_URL, debug=DEBUG)
ASSAY_SIGNING_KEY: str = env.str("ASSAY_SIGNING_KEY", default="", multiline=True)
ASSAY_REVIEWS_PER_ROUND: int = env.int("ASSAY_REVIEWS_PER_ROUND", default=2)
ASSAY_REVIEW_DAYS: int = env.int("ASSAY_REVIEW_DAYS", default=3)
ASSAY_CONTACT_EMAIL: str = env.str("ASSAY_CONTACT_EMAIL", default="")
ASSAY_LICENCE: str = env.str("ASSAY_LICENCE", default="")
ASSAY_MARKUP_SITES: list[str] = env.list("ASSAY_MARKUP_SITES", default=[])
ASSAY_PUBLIC_API: bool = env.bool("ASSAY_PUBLIC_API", default=True)
ASSAY_LONG_ANSWERS: int = env.int("ASSAY_LONG_ANSWERS", default=2)
ASSAY_API_RATE: int = env.int("ASSAY_API_RATE", default=600)
ASSAY_API_RATE_ANYONE: int = env.int("ASSAY_API_RATE_ANYONE", default=0)
ASSAY_MAX_ARTICLE_BYTES: int = env.int("ASSAY_MAX_ARTICLE_BYTES", default=2_000_000)
ASSAY_USER_AGENT: str = env.str(
    "ASSAY_USER_AGENT", default=f"Assay/1.0 (fact-checking desk; +{ASSAY_BASE_URL})"
)
ASSAY_FETCH_SECONDS: int = env.int("ASSAY_FETCH_SECONDS", default=30)
ASSAY_MAX_CHECKS_BYTES: int = env.int("ASSAY_MAX_CHECKS_BYTES", default=50_000_000)
ASSAY_MAX_SOURCE_BYTES: int = env.int("ASSAY_MAX_SOURCE_BYTES", default=50_000_000)
ASSAY_RECHECK_DAYS: int = env.int("ASSAY_RECHECK_DAYS", default=30)
ASSAY_OUTSIDE_ARCHIVE: str = env.str("ASSAY_OUTSIDE_ARCHIVE", default="")
ASSAY_FOLLOW_ROBOTS: bool = env.bool("ASSAY_FOLLOW_ROBOTS", default=True)
ASSAY_PRIVATE_HOSTS: list[str] = env.list("ASSAY_PRIVATE_HOSTS", default=[])
ASSAY_WEBHOOK_SECONDS: int = env.int("ASSAY_WEBHOOK_SECONDS", default=20)
ASSAY_WEBHOOK_DAYS: int = env.int("ASSAY_WEBHOOK_DAYS", default=5)
ASSAY_DETECTION_ENGINES: dict[str, str] = {
    "rules-lite": "claims.detection.lite.LiteEngine",
    "rules": "claims.detection.rules.engine.RulesEngine",
}
ASSAY_MODEL_URL: str = env.str("ASSAY_MODEL_URL", default="")
ASSAY_MODEL_KEY: str = env.str("ASSAY_MODEL_KEY", default="")
ASSAY_MODEL_NAME: str = env.str("ASSAY_MODEL_NAME", default="")
ASSAY_MODEL_SECONDS: float = env.float("ASSAY_MODEL_SECONDS", default=60)
ASSAY_MODEL_RUN_SECONDS: float = env.float("ASSAY_MODEL_RUN_SECONDS", default=900)
ASSAY_MODEL_REQUESTS: int = env.int("ASSAY_MODEL_REQUESTS", default=300)
ASSAY_MODEL_TOKENS: int = env.int("ASSAY_MODEL_TOKENS", default=300_000)
ASSAY_MODEL_RETRIES: int = env.int("ASSAY_MODEL_RETRIES", default=3)
ASSAY_MODEL_FALLBACK: str = env.str("ASSAY_MODEL_FALLBACK", default="")
if ASSAY_MODEL_URL:
    ASSAY_DETECTION_ENGINES["model"] = "claims.services.model_engine.make_model_engine"
ASSAY_DETECTION_ENGINE: str = env.str("ASSAY_DETECTION_ENGINE", default="rules")

INSTALLED_APPS = [
    "api",
    "publishing",
    "reviews",
    "sources",
    "claims",
    "articles",
    "audit",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lucide",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "api.compression.PackedApi",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reviews.views.errors.DomainErrors",
    "api.streams.LimitStreams",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "reviews.context.desk",
            ],
        },
    },
]

# PostgreSQL: the server DATABASE_URL names, else the embedded one below ASSAY_HOME.
DATABASE_URL: str = env.str("DATABASE_URL", default="")
DATABASES: dict[str, dict[str, Any]] = {
    "default": (
        env.db_url_config(DATABASE_URL)
        if DATABASE_URL
        else {
            "ENGINE": "config.embedded",
            "NAME": "assay",
            "USER": "assay",
            "HOST": str(postgres.socket_folder(ASSAY_HOME)),
            "ASSAY_HOME": ASSAY_HOME,
        }
    )
}
DATABASE_REPLICA_URL: str = env.str("DATABASE_REPLICA_URL", default="")
ASSAY_REPLICA_SECONDS: int = env.int("ASSAY_REPLICA_SECONDS", default=30)
POOL = {"min_size": 1, "max_size": env.int("ASSAY_DB_POOL", default=8)}
if DATABASE_REPLICA_URL:
    DATABASES[replica.ALIAS] = env.db_url_config(DATABASE_REPLICA_URL)
    DATABASE_ROUTERS = ["config.replica.Router"]
    MIDDLEWARE.append("config.replica.ReadReplica")
for alias, database in DATABASES.items():
    database |= {"ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True}
    wait = {"timeout": 2} if alias == replica.ALIAS else {}  # without it there is the primary
    database.setdefault("OPTIONS", {})["pool"] = POOL | wait
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "assay_cache",
    }
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.DeskBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviews:home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "publishing:list-verdicts"
ASSAY_OPEN_SIGNUP: bool = env.bool("ASSAY_OPEN_SIGNUP", default=False)
EMAIL_CONFIG = env.email_url("ASSAY_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("ASSAY_FROM_EMAIL", default="desk@localhost")

# Text, times, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE: str = env.str("ASSAY_TIME_ZONE", default="UTC")
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None  # locally served as written
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = ASSAY_HOME / "files"
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
ASSAY_FILES_BUCKET: str = env.str("ASSAY_FILES_BUCKET", default="")
if (
    ASSAY_FILES_BUCKET
):  # keys come as boto3 finds them: AWS_ACCESS_KEY_ID, a profile, the machine's role
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": ASSAY_FILES_BUCKET,
            "endpoint_url": env.str("ASSAY_FILES_ENDPOINT", default="") or None,
            "region_name": env.str("ASSAY_FILES_REGION", default="") or None,
            "default_acl": None,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * ASSAY_MAX_ARTICLE_BYTES

# Browser safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS: int = env.int("ASSAY_HSTS_SECONDS", default=31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
ASSAY_BEHIND_PROXY: bool = env.bool("ASSAY_BEHIND_PROXY", default=False)
if ASSAY_BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits on sign-in count visitors, not the proxy
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("ASSAY_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "reviews.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.AssayPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_response",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Assay API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("ASSAY_LOG_LEVEL", default="WARNING")},
}
