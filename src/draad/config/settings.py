"""All settings of Draad, read strictly from the environment; docs/reference/settings.md lists them."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from draad.config.environment import Environment, database, mail, secret_key

env = Environment()
PACKAGE = Path(__file__).resolve().parent.parent

# 1 from the environment -----------------------------------------------------------------------------------------

DATA_DIR = env.path("DRAAD_DATA_DIR", "./data", "Folder that holds the database, uploads and made files.")
DATABASE_URL = env.text("DATABASE_URL", "", "PostgreSQL address; empty means SQLite in the data folder.")
BASE_URL = env.text("DRAAD_BASE_URL", "http://127.0.0.1:8000", "Address at which people reach Draad.")
DEMONSTRATION = env.flag("DRAAD_DEMONSTRATION", "true", "Make demonstration logins with known passwords.")
DEBUG = env.flag("DRAAD_DEBUG", "false", "Show technical details of errors in the browser; never on a public site.")
BEHIND_PROXY = env.flag("DRAAD_BEHIND_PROXY", "false", "Trust X-Forwarded-Proto and -For of a proxy in front.")
SECOND_FACTOR_ROLES = env.words(
    "DRAAD_SECOND_FACTOR_ROLES",
    "auto",
    "Roles that count only with a second factor: role names separated by commas, none, or auto: administrator and "
    "programme_manager, and nobody in a demonstration.",
)
EXTRA_HOSTS = env.words("DRAAD_EXTRA_HOSTS", "", "Further host names to answer to, separated by commas.")
MAIL_URL = env.text("DRAAD_MAIL_URL", "console", "Mail server, smtp://user:password@host:587, or console.")
DEFAULT_FROM_EMAIL = env.text("DRAAD_MAIL_FROM", "draad@localhost", "Sender of mail.")
SECRET_KEY = secret_key(
    env.text("DRAAD_SECRET_KEY", "", "Key that signs sessions; empty means one kept in the data folder."), DATA_DIR
)

# 2 Django ------------------------------------------------------------------------------------------------------

_BASE = urlsplit(BASE_URL)
SECURE = _BASE.scheme == "https"
ALLOWED_HOSTS = sorted({_BASE.hostname or "localhost", "localhost", "127.0.0.1", *EXTRA_HOSTS})
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "draad.config.urls"
WSGI_APPLICATION = "draad.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(DATABASE_URL, DATA_DIR)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
globals().update(mail(MAIL_URL))

INSTALLED_APPS = [
    "draad.config",
    "draad.publication",
    "draad.accountability",
    "draad.figures",
    "draad.applications",
    "draad.programmes",
    "draad.plans",
    "draad.organisations",
    "draad.findings",
    "draad.jobs",
    "draad.accounts",
    "draad.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "draad.accounts.middleware.AccessMiddleware",
    "draad.web.middleware.NullCharacterMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "draad.web.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.l10n", "draad.web.templatetags.draad"],
        },
    }
]

# 3 languages and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "draad_language"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# 4 files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# 5 people and safety -------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "draad.accounts.backend.AccountBackend",
]
GRANTS_OF = "draad.organisations.queries.grants_of"
FRAME = "draad.publication.navigation.frame"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "publication:home"
LOGOUT_REDIRECT_URL = "publication:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "draad.accounts.passwords.NotOneself", "OPTIONS": {"user_attributes": ["name", "email"]}},
    {"NAME": "draad.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "draad.accounts.passwords.NotCommon"},
    {"NAME": "draad.accounts.passwords.NotOnlyDigits"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "draad.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by an administrator, never signed up
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, and after SESSION_COOKIE_AGE
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Draad: "
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,10/15m/key"}  # axes locks out sooner; this holds for codes too
ACCOUNT_FORMS = {
    "login": "draad.accounts.forms.LoginForm",
    "reauthenticate": "draad.accounts.forms.ReauthenticateForm",
    "change_password": "draad.accounts.forms.ChangePasswordForm",  # nosec B105
    "reset_password": "draad.accounts.forms.ResetPasswordForm",  # nosec B105
    "reset_password_from_key": "draad.accounts.forms.ResetPasswordKeyForm",  # nosec B105
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_ADAPTER = "draad.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Draad"
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago still counts: clocks differ and typing takes time
MFA_FORMS = {
    "authenticate": "draad.accounts.forms.AuthenticateForm",
    "reauthenticate": "draad.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "draad.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "draad.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "draad.accounts.forms.EditPasskeyForm",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "draad.accounts.lockout.login_of"
AXES_CLIENT_IP_CALLABLE = "draad.accounts.lockout.address_of"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the audit keeps who signed in
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_ENABLE_ADMIN = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# 6 long work ---------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # done by: draad work

# 7 messages of the program -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
