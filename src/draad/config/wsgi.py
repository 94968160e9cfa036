"""The entry point of web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")

application = get_wsgi_application()

from draad.config.warming import warm_and_let_go  # noqa: E402  the application is set up first

warm_and_let_go()
