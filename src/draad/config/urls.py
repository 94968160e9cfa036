"""Addresses: Dutch at the root, English under /en/; every route stands in the access table of its room."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from draad.publication import views as publication

urlpatterns = [
    path("gezond/", publication.health, name="health"),
    path("robots.txt", publication.robots, name="robots"),
    path("favicon.ico", publication.favicon, name="favicon"),
    *i18n_patterns(
        path("account/", include("draad.accounts.account_urls")),
        path("", include("draad.accounts.urls")),
        path("", include("draad.organisations.urls")),
        path("", include("draad.findings.urls")),
        path("", include("draad.jobs.urls")),
        path("", include("draad.plans.urls")),
        path("", include("draad.programmes.urls")),
        path("", include("draad.applications.urls")),
        path("", include("draad.figures.urls")),
        path("", include("draad.accountability.urls")),
        path("", include("draad.publication.urls")),
        prefix_default_language=False,
    ),
]

handler403 = "draad.publication.views.forbidden"
handler404 = "draad.publication.views.not_found"
handler500 = "draad.publication.views.server_error"
