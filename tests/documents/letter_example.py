"""A letter for the tests of letters."""

from draad.documents.letters import Letter, LetterLine, Signed

LETTER = Letter(
    language="nl",
    mark="",
    sender="Agentschap Binnenlands Bestuur",
    programme="Plan Samenleven",
    round="ronde 1",
    date="1 september 2022",
    reference="1-0007",
    organisation="Gemeente Kalmthout",
    subject="Beslissing over uw aanvraag",
    paragraphs=("U vroeg € 54.000,00.", "U krijgt € 50.000,00."),
    headings=("Actie en KPI-lijn", "Gevraagd", "Toegekend", "Eenheden", "Beslissing"),
    lines=(
        LetterLine("5. Oefenkansen", "volwassenen", "€ 50.000,00", "€ 50.000,00", "833", "toegekend", ""),
        LetterLine("9. Werk", "nieuwkomers", "€ 4.000,00", "€ 0,00", "0", "geweigerd", "Het budget is op."),
    ),
    total="Samen",
    requested="€ 54.000,00",
    granted="€ 50.000,00",
    advance="€ 40.000,00",
    balance="€ 10.000,00",
    iban="BE68 5390 0754 7034",
    account_holder="Gemeente Kalmthout",
    closing=("U kunt in beroep gaan.",),
    signatures=(Signed("An Peeters", "30 augustus 2022"), Signed("Bo Claes", "31 augustus 2022")),
)
