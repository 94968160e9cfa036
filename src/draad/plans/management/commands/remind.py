"""Mail the people who still have progress to write."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.plans.models import Plan
from draad.plans.progress_queries import ToRemind, still_to_write


class Command(BaseCommand):
    """Reminds owners of measures."""

    help = "mail the owners of measures whose progress of a year is not handed in"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which plan and year, and whether to mail or only to tell."""
        parser.add_argument("plan", help="the address of the plan, such as integratieplan-2016-2020")
        parser.add_argument("--year", type=int, help="the calendar year; last year when not given")
        parser.add_argument("--dry-run", action="store_true", help="tell who would be mailed and mail nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mail each person once, with all measures that wait for them."""
        plan = Plan.objects.filter(slug=options["plan"]).first()
        if plan is None:
            known = ", ".join(Plan.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"there is no plan {options['plan']}; the plans are: {known}")
        year = options["year"] or timezone.localdate().year - 1
        if not plan.first_year <= year <= plan.last_year:
            raise CommandError(f"the plan runs from {plan.first_year} to {plan.last_year}; {year} is not in it")
        reminded, nobody = still_to_write(plan, year)
        with translation.override(settings.LANGUAGE_CODE):
            mails = [_mail(plan, year, one) for one in reminded]
        if not options["dry_run"]:
            get_connection().send_messages(mails)
        done = "would be mailed" if options["dry_run"] else "mailed"
        for one in reminded:
            self.stdout.write(f"{one.person.email} {done} about {len(one.measures)} measures")
        if nobody:
            self.stdout.write(
                f"nobody is known for {len(nobody)} measures: {', '.join(str(m.number) for m in nobody)}"
            )


def _mail(plan: Plan, year: int, one: ToRemind) -> EmailMessage:
    lines = [
        f"- {measure.number}. {measure.title[:100]}\n  {settings.BASE_URL.rstrip('/')}"
        + reverse("plans:progress", args=[plan.slug, measure.number, year])
        for measure in one.measures
    ]
    subject = _("%(plan)s: voortgang van %(year)s") % {"plan": plan.title, "year": year}
    body = _("Voor deze maatregelen is de voortgang van %(year)s nog niet ingediend:") % {"year": year}
    return EmailMessage(subject, "\n\n".join([body, *lines]), to=[one.person.email])
