"""What a served site holds of round 1: its rules and the published terms of each action, as plain values.

Run in a process of its own with the environment of the site: ``python -m tests.browser.round_terms``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.browser.site import ENVIRONMENTS


def stored(site: str) -> Any:
    """The rules and terms of round 1 in a served site."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.browser.round_terms"], env=ENVIRONMENTS[site], check=True, capture_output=True
    )
    return json.loads(told.stdout)


def _now() -> dict[str, Any]:
    import django

    django.setup()
    from draad.programmes.models import ActionTerms, RoundRule, TermsState

    published = ActionTerms.objects.filter(state=TermsState.PUBLISHED).prefetch_related("lines")
    return {
        "rules": {rule.key: rule.parameters for rule in RoundRule.objects.all()},
        "terms": {
            str(terms.action.number): {
                "subsidised": terms.subsidised,
                "lines": [
                    [line.label, line.unit, line.counting, str(line.unit_amount), line.max_units]
                    for line in terms.lines.order_by("line")
                ],
            }
            for terms in published.select_related("action")
        },
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_now()))
