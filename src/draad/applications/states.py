"""How a call, an application and what hangs on it change: the allowed transitions, who may, the verb of each.

A role of a government counts for its own organisation only; ``policies`` check that, and what else must hold.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, StateTable, Transition, of
from draad.applications.models import (
    AmendmentState,
    ApplicationState,
    CallState,
    DecisionListState,
    MemberState,
    PaymentState,
    ScenarioState,
)

MANAGER = frozenset([Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER])
ASSESSING = MANAGER | {Role.ASSESSOR}
WRITING = frozenset([Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER])
APPROVING = frozenset([Role.GOVERNMENT_APPROVER])

# the call ---------------------------------------------------------------------------------------------------------
_C = CallState
START_CALL = Transition("start", _("Begin een oproep"), of(NOTHING), _C.DRAFT, "applications.call.start", MANAGER,
                        _("De oproep is begonnen. Niemand ziet ze voor u ze publiceert."))  # fmt: skip
CHANGE_CALL = Transition("change", _("Bewaar"), of(_C.DRAFT), _C.DRAFT, "applications.call.change", MANAGER,
                         _("De oproep is bewaard."))  # fmt: skip
AMEND_CALL = Transition("amend", _("Bewaar"), of(_C.PUBLISHED), _C.PUBLISHED, "applications.call.amend", MANAGER,
                        _("De gegevens bij de oproep zijn bewaard."))  # fmt: skip
PUBLISH_CALL = Transition("publish", _("Publiceer de oproep"), of(_C.DRAFT), _C.PUBLISHED, "applications.call.publish",
                          MANAGER, _("De oproep is gepubliceerd. Ze opent en sluit vanzelf."))  # fmt: skip
EXTEND_CALL = Transition("extend", _("Verleng"), of(_C.PUBLISHED), _C.PUBLISHED, "applications.call.extend", MANAGER,
                         _("De oproep is verlengd."))  # fmt: skip
CANCEL_CALL = Transition("cancel", _("Trek de oproep in"), of(_C.PUBLISHED), _C.CANCELLED, "applications.call.cancel",
                         MANAGER, _("De oproep is ingetrokken."))  # fmt: skip
RESUME_CALL = Transition("resume", _("Maak er weer een ontwerp van"), of(_C.CANCELLED), _C.DRAFT,
                         "applications.call.resume", MANAGER, _("De oproep is weer een ontwerp."))  # fmt: skip
DISCARD_CALL = Transition("discard", _("Gooi het ontwerp weg"), of(_C.DRAFT), NOTHING, "applications.call.discard",
                          MANAGER, _("Het ontwerp van de oproep is weggegooid."))  # fmt: skip
CALL = (
    START_CALL, CHANGE_CALL, PUBLISH_CALL, AMEND_CALL, EXTEND_CALL, CANCEL_CALL, RESUME_CALL, DISCARD_CALL,
)  # fmt: skip

# the application --------------------------------------------------------------------------------------------------
_A = ApplicationState
START = Transition("start", _("Begin een aanvraag"), of(NOTHING), _A.DRAFT, "applications.application.start", WRITING,
                   _("De aanvraag is begonnen. Alles wat u invult, wordt bewaard."))  # fmt: skip
SAVE = Transition("save", _("Bewaar"), of(_A.DRAFT), _A.DRAFT, "applications.application.save", WRITING,
                  _("Bewaard."))  # fmt: skip
SUBMIT = Transition("submit", _("Dien in"), of(_A.DRAFT), _A.SUBMITTED, "applications.application.submit", APPROVING,
                    _("De aanvraag is ingediend. Het ontvangstbewijs staat klaar."))  # fmt: skip
REOPEN = Transition("reopen", _("Trek de indiening in"), of(_A.SUBMITTED), _A.DRAFT,
                    "applications.application.reopen", APPROVING,
                    _("De indiening is ingetrokken. Pas aan en dien opnieuw in voor de oproep sluit."))  # fmt: skip
CANCEL = Transition("cancel", _("Gooi de aanvraag weg"), of(_A.DRAFT), _A.CANCELLED,
                    "applications.application.cancel", APPROVING, _("De aanvraag is weggegooid."))  # fmt: skip
WITHDRAW = Transition("withdraw", _("Trek de aanvraag in"),
                      of([_A.SUBMITTED, _A.ASSESSMENT, _A.QUESTIONED, _A.ADVISED]), _A.WITHDRAWN,
                      "applications.application.withdraw", APPROVING,
                      _("De aanvraag is ingetrokken. Ze wordt niet verder beoordeeld."))  # fmt: skip
ASSESS = Transition("assess", _("Begin te beoordelen"), of(_A.SUBMITTED), _A.ASSESSMENT,
                    "applications.application.assess", ASSESSING, _("De beoordeling is begonnen."))  # fmt: skip
ASK = Transition("ask", _("Stel een vraag"), of(_A.ASSESSMENT), _A.QUESTIONED, "applications.application.ask",
                 ASSESSING, _("De vraag is verstuurd. Het bestuur kan de genoemde velden aanpassen."))  # fmt: skip
ANSWER = Transition("answer", _("Beantwoord de vraag"), of(_A.QUESTIONED), _A.ASSESSMENT,
                    "applications.application.answer", APPROVING, _("Uw antwoord is verstuurd."))  # fmt: skip
RECALL = Transition("recall", _("Trek de vraag in"), of(_A.QUESTIONED), _A.ASSESSMENT,
                    "applications.application.recall", ASSESSING, _("De vraag is ingetrokken."))  # fmt: skip
ADVISE = Transition("advise", _("Geef advies"), of(_A.ASSESSMENT), _A.ADVISED, "applications.application.advise",
                    ASSESSING, _("Het advies is klaar."))  # fmt: skip
RECONSIDER = Transition("reconsider", _("Herneem de beoordeling"), of(_A.ADVISED), _A.ASSESSMENT,
                        "applications.application.reconsider", ASSESSING, _("De beoordeling loopt weer."))  # fmt: skip
DECIDE = Transition("decide", _("Maak de beslissing bekend"), of(_A.ADVISED), _A.DECIDED,
                    "applications.application.decide", MANAGER, _("De beslissing is bekendgemaakt."))  # fmt: skip
APPLICATION = (
    START, SAVE, SUBMIT, REOPEN, CANCEL, WITHDRAW, ASSESS, ASK, ANSWER, RECALL, ADVISE, RECONSIDER, DECIDE,
)  # fmt: skip

# a member ---------------------------------------------------------------------------------------------------------
_M = MemberState
INVITE = Transition("invite", _("Nodig uit"), of([NOTHING, _M.DECLINED, _M.RELEASED]), _M.INVITED,
                    "applications.member.invite", WRITING, _("De uitnodiging is verstuurd."))  # fmt: skip
ACCEPT = Transition("accept", _("Doe mee"), of(_M.INVITED), _M.ACCEPTED, "applications.member.accept", APPROVING,
                    _("Uw bestuur doet mee."))  # fmt: skip
DECLINE = Transition("decline", _("Doe niet mee"), of(_M.INVITED), _M.DECLINED, "applications.member.decline",
                     APPROVING, _("Uw bestuur doet niet mee. De aanvrager weet het."))  # fmt: skip
RELEASE = Transition("release", _("Haal uit de samenwerking"), of([_M.INVITED, _M.ACCEPTED]), _M.RELEASED,
                     "applications.member.release", WRITING, _("Het bestuur doet niet meer mee."))  # fmt: skip
MEMBER = (INVITE, ACCEPT, DECLINE, RELEASE)

# an amendment -----------------------------------------------------------------------------------------------------
_W = AmendmentState
REQUEST = Transition("request", _("Vraag een wijziging"), of(NOTHING), _W.REQUESTED, "applications.amendment.request",
                     APPROVING, _("Het wijzigingsverzoek is verstuurd."))  # fmt: skip
CHECK_AMENDMENT = Transition("check", _("Nagekeken, leg voor"), of(_W.REQUESTED), _W.CHECKED,
                             "applications.amendment.check", MANAGER,
                             _("U keek het verzoek na. Een tweede beheerder beslist."))  # fmt: skip
ACCEPT_AMENDMENT = Transition("accept", _("Aanvaard"), of([_W.REQUESTED, _W.CHECKED]), _W.ACCEPTED,
                              "applications.amendment.accept", MANAGER, _("De wijziging is aanvaard."))  # fmt: skip
REFUSE_AMENDMENT = Transition("refuse", _("Weiger"), of([_W.REQUESTED, _W.CHECKED]), _W.REFUSED,
                              "applications.amendment.refuse", MANAGER, _("De wijziging is geweigerd."))  # fmt: skip
WITHDRAW_AMENDMENT = Transition("withdraw", _("Trek het verzoek in"), of([_W.REQUESTED, _W.CHECKED]), _W.WITHDRAWN,
                                "applications.amendment.withdraw", APPROVING,
                                _("Het verzoek is ingetrokken."))  # fmt: skip
AMENDMENT = (REQUEST, CHECK_AMENDMENT, ACCEPT_AMENDMENT, REFUSE_AMENDMENT, WITHDRAW_AMENDMENT)

# a scenario -------------------------------------------------------------------------------------------------------
_S = ScenarioState
KEEP = Transition("keep", _("Bewaar de verdeling"), of(NOTHING), _S.KEPT, "applications.scenario.keep", MANAGER,
                  _("De verdeling is bewaard."))  # fmt: skip
DROP = Transition("drop", _("Verwijder de verdeling"), of(_S.KEPT), NOTHING, "applications.scenario.drop", MANAGER,
                  _("De verdeling is verwijderd."))  # fmt: skip
PROPOSE = Transition("propose", _("Leg voor aan een tweede beheerder"), of(_S.KEPT), _S.PROPOSED,
                     "applications.scenario.propose", MANAGER, _("De verdeling is voorgelegd."))  # fmt: skip
TAKE_BACK = Transition("take_back", _("Neem terug"), of([_S.PROPOSED, _S.CHOSEN]), _S.KEPT,
                       "applications.scenario.take_back", MANAGER,
                       _("De verdeling is teruggenomen."))  # fmt: skip
CHOOSE = Transition("choose", _("Keur de verdeling goed"), of(_S.PROPOSED), _S.CHOSEN, "applications.scenario.choose",
                    MANAGER, _("De verdeling is gekozen."))  # fmt: skip
SCENARIO = (KEEP, DROP, PROPOSE, TAKE_BACK, CHOOSE)

# a list of decisions ----------------------------------------------------------------------------------------------
_D = DecisionListState
PREPARE = Transition("prepare", _("Bereid de beslissingen voor"), of(NOTHING), _D.PREPARED,
                     "applications.decisions.prepare", MANAGER, _("De beslissingen staan klaar."))  # fmt: skip
EDIT_DECISIONS = Transition("edit", _("Bewaar"), of([_D.PREPARED, _D.SIGNED]), _D.PREPARED,
                            "applications.decisions.edit", MANAGER, _("De beslissing is bewaard."))  # fmt: skip
SIGN = Transition("sign", _("Onderteken"), of(_D.PREPARED), _D.PREPARED, "applications.decisions.sign", MANAGER,
                  _("U hebt ondertekend. Er is nog een handtekening nodig."))  # fmt: skip
SIGN_LAST = Transition("sign_last", _("Onderteken als laatste"), of(_D.PREPARED), _D.SIGNED,
                       "applications.decisions.sign_last", MANAGER,
                       _("Iedereen heeft ondertekend. U kunt de beslissing bekendmaken."))  # fmt: skip
PUBLISH_DECISIONS = Transition("publish", _("Maak bekend"), of(_D.SIGNED), _D.PUBLISHED,
                               "applications.decisions.publish", MANAGER,
                               _("De beslissingen zijn bekend. Elk bestuur kan zijn brief lezen."))  # fmt: skip
DISCARD_DECISIONS = Transition("discard", _("Laat vervallen"), of([_D.PREPARED, _D.SIGNED]), _D.DISCARDED,
                               "applications.decisions.discard", MANAGER, _("De lijst is vervallen."))  # fmt: skip
DECISIONS = (PREPARE, EDIT_DECISIONS, SIGN, SIGN_LAST, PUBLISH_DECISIONS, DISCARD_DECISIONS)

# a payment --------------------------------------------------------------------------------------------------------
_P = PaymentState
PLAN_PAYMENT = Transition("plan", _("Plan"), of(NOTHING), _P.PLANNED, "applications.payment.plan", MANAGER,
                          _("De betaling is gepland."))  # fmt: skip
HOLD_PAYMENT = Transition("hold", _("Laat wachten"), of(NOTHING), _P.WAITING, "applications.payment.hold", MANAGER,
                          _("De betaling wacht."))  # fmt: skip
FREE_PAYMENT = Transition("free", _("Geef vrij"), of(_P.WAITING), _P.PLANNED, "applications.payment.free", MANAGER,
                          _("De betaling kan vertrekken."))  # fmt: skip
LAPSE_PAYMENT = Transition("lapse", _("Vervalt"), of([_P.WAITING, _P.PLANNED]), NOTHING, "applications.payment.lapse",
                           MANAGER, _("Er is niets meer te betalen."))  # fmt: skip
ORDER_PAYMENT = Transition("order", _("Zet in een betaalopdracht"), of(_P.PLANNED), _P.ORDERED,
                           "applications.payment.order", MANAGER, _("De betaalopdracht is gemaakt."))  # fmt: skip
PAY = Transition("done", _("Betaald"), of(_P.ORDERED), _P.DONE, "applications.payment.done", MANAGER,
                 _("Genoteerd als betaald."))  # fmt: skip
FAIL = Transition("fail", _("Mislukt"), of(_P.ORDERED), _P.FAILED, "applications.payment.fail", MANAGER,
                  _("Genoteerd als mislukt."))  # fmt: skip
RETURN = Transition("return", _("Teruggestort"), of(_P.DONE), _P.RETURNED, "applications.payment.return", MANAGER,
                    _("Genoteerd als teruggestort."))  # fmt: skip
PAYMENT = (PLAN_PAYMENT, HOLD_PAYMENT, FREE_PAYMENT, LAPSE_PAYMENT, ORDER_PAYMENT, PAY, FAIL, RETURN)

TABLES = (
    StateTable("oproep", _("Oproep"), CallState, CALL),
    StateTable("aanvraag", _("Aanvraag"), ApplicationState, APPLICATION),
    StateTable("lid", _("Lid van een samenwerking"), MemberState, MEMBER),
    StateTable("verdeling", _("Verdeling"), ScenarioState, SCENARIO),
    StateTable("beslissing", _("Lijst van beslissingen"), DecisionListState, DECISIONS),
    StateTable("betaling", _("Betaling"), PaymentState, PAYMENT),
    StateTable("wijziging", _("Wijziging na de beslissing"), AmendmentState, AMENDMENT),
)
