"""Decisions, their letters and their payments."""

from __future__ import annotations

from django.urls import path, register_converter

from draad.accounts.guards import MANAGERS, Guard, held_by
from draad.applications.states import ASSESSING, WRITING
from draad.applications.views import decisions, letters, payments


class StepConverter:
    """What can be done with a payment, in an address."""

    regex = "betaald|mislukt|teruggestort|vrijgeven"
    names = {"betaald": "paid", "mislukt": "failed", "teruggestort": "returned", "vrijgeven": "free"}

    def to_python(self, value: str) -> str:
        """The name of the step."""
        return self.names[value]

    def to_url(self, value: str) -> str:
        """The word in the address."""
        return next(word for word, name in self.names.items() if name == value)


register_converter(StepConverter, "paymentstep")

_CALL = "<slug:slug>/ronde-<int:number>"
LETTER = path("aanvragen/<int:pk>/brief/", letters.letter, name="letter")
_MANAGED = [
    path("beslissingen/", decisions.overview, name="decisions"),
    path("beslissingen/verdeling-<int:scenario>/voorbereiden/", decisions.prepare, name="decisions_prepare"),
    path("beslissingen/<int:pk>/", decisions.listing, name="decision_list"),
    path("beslissingen/<int:pk>/ondertekenen/", decisions.sign, name="decisions_sign"),
    path("beslissingen/<int:pk>/bekendmaken/", decisions.publish, name="decisions_publish"),
    path("beslissingen/<int:pk>/laten-vervallen/", decisions.discard, name="decisions_discard"),
    path("beslissingen/<int:pk>/brieven.zip", letters.letters_word, name="letters_word"),
    path("beslissingen/<int:pk>/brieven.pdf", letters.letters_pdf, name="letters_pdf"),
    path("beslissingen/beslissing-<int:pk>/", decisions.decision, name="decision"),
    path(f"beslissingen/{_CALL}/sjablonen/", letters.templates, name="letter_templates"),
    path(f"beslissingen/{_CALL}/sjablonen/<slug:key>.docx", letters.template, name="letter_template"),
    path(f"beslissingen/{_CALL}/sjablonen/<slug:key>/verwijderen/", letters.template_remove,
         name="letter_template_remove"),
    path("betalingen/", payments.listing, name="payments"),
    path("betalingen/<int:pk>/", payments.payment, name="payment"),
    path("betalingen/<int:pk>/opnieuw-plannen/", payments.plan_again, name="payment_again"),
    path("betalingen/<int:pk>/<paymentstep:step>/", payments.payment_step, name="payment_step"),
    path(f"betalingen/{_CALL}/opdracht/", payments.order_make, name="order_make"),
    path("betalingen/opdrachten/", payments.orders, name="orders"),
    path("betalingen/opdrachten/<int:pk>/", payments.order, name="order"),
    path("betalingen/opdrachten/<int:pk>/bank.xml", payments.order_xml, name="order_xml"),
    path("betalingen/opdrachten/<int:pk>/rijen.xlsx", payments.order_xlsx, name="order_xlsx"),
    path("betalingen/opdrachten/<int:pk>/betaald/", payments.order_paid, name="order_paid"),
    path("betalingen/opdrachten/<int:pk>/geweigerd/", payments.order_refused, name="order_refused"),
]  # fmt: skip
urlpatterns = [LETTER, *_MANAGED]
ACCESS: dict[str, Guard] = {
    "applications:letter": held_by(*WRITING, *ASSESSING),
    **{f"applications:{pattern.name}": MANAGERS for pattern in _MANAGED},
}
