"""Settings of the test suite: those of Draad, with a throw-away data folder and quick passwords."""

import os
import tempfile

os.environ.setdefault("DRAAD_DATA_DIR", tempfile.mkdtemp(prefix="draad-test-"))
os.environ.setdefault("DRAAD_SECRET_KEY", "only-for-tests")

from draad.config.settings import *  # noqa: F403
from draad.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # at once, in the same thread
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
    }
elif name := os.environ.get("DRAAD_TEST_DATABASE"):  # two suites on one server do not meet
    DATABASES["default"]["TEST"] = {"NAME": name}
