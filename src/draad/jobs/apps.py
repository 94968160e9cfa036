"""The room: long work."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work: begun by a person, done in the background, with progress that can be left and found again."""

    name = "draad.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Read the kinds of work of every room: its module ``jobs``; show the newest on the page of one's account."""
        from draad.accounts.sections import about_me
        from draad.jobs.sections import my_jobs

        autodiscover_modules("jobs")
        about_me.add(my_jobs, order=30)
