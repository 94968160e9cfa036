"""The form of a call as somebody would find it who chose every line: nothing of it is stored."""

from __future__ import annotations

from django.utils.translation import gettext as _

from draad.applications.models import Application, ApplicationLine, Call, Member, MemberState
from draad.applications.queries.form import Filled
from draad.organisations.models import Organisation
from draad.programmes.models import ActionTerms, TermsState
from draad.programmes.queries import rule_values

NOBODY = 0
"""The number of the application and of the government that only stand on the preview."""


def previewed(call: Call) -> Filled:
    """An application without any value, with every indicator line that governments can choose; three queries."""
    nobody = Organisation(pk=NOBODY, name=_("Uw bestuur"))
    application = Application(pk=NOBODY, call=call, applicant=nobody, number=NOBODY)
    applicant = Member(
        pk=NOBODY, application=application, organisation=nobody, is_applicant=True, state=MemberState.ACCEPTED
    )
    newest: dict[int, ActionTerms] = {}
    published = ActionTerms.objects.filter(round=call.round, state=TermsState.PUBLISHED)
    for terms in published.select_related("action__objective").prefetch_related("lines").order_by("version"):
        newest[terms.action_id] = terms
    lines = []
    for terms in sorted(newest.values(), key=lambda found: found.action.number):
        for indicator in terms.lines.all() if terms.subsidised else []:
            indicator.terms = terms
            lines.append(ApplicationLine(pk=indicator.pk, application=application, indicator=indicator))
    return Filled(application, rule_values(call.round), lines=lines, members=[applicant])
