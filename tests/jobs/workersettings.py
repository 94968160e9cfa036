"""Settings of a worker in a process of its own, on the database of the test that starts it."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATABASES["default"]["NAME"] = os.environ["DRAAD_WORKER_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.slow"]  # noqa: F405
