"""The form for a Word template of letters, and what is wrong with a file in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.applications.models import Outcome
from draad.documents.letters import Letter, LetterLine, Signed
from draad.documents.word_letters import MOST_BYTES, TemplateError, TemplateFault, check_template

SAMPLE = Letter(
    language="nl", mark="", sender="a", programme="a", round="1", date="a", reference="a", organisation="a",
    subject="a", paragraphs=("a",), headings=("a",) * 5, lines=(LetterLine("a", "a", "a", "a", "a", "a", "a"),),
    total="a", requested="a", granted="a", advance="a", balance="a", iban="a", account_holder="a", closing=("a",),
    signatures=(Signed("a", "a"),),
)  # fmt: skip
"""A letter in which every part has something, to try a template on."""


def template_sentence(error: TemplateError) -> str:
    """What is wrong with a Word template and what would be right."""
    where = {"where": ", ".join(error.where), "size": MOST_BYTES // 1024 // 1024}
    sentences = {
        TemplateFault.NO_WORD: _("Dit is geen Word-document. Bewaar het als .docx."),
        TemplateFault.TOO_LARGE: _("Het bestand is groter dan %(size)s MB. Verklein de afbeeldingen.") % where,
        TemplateFault.MACROS: _("Het document bevat macro’s of ingesloten bestanden. Bewaar het als gewoon .docx."),
        TemplateFault.OUTSIDE: _("Het document haalt iets op van %(where)s. Voeg het in het document zelf in.")
        % where,
        TemplateFault.SYNTAX: _("Een invulveld is niet juist geschreven. Elk veld staat tussen {{ en }}. (%(where)s)")
        % where,
        TemplateFault.UNKNOWN: _("Deze invulvelden bestaan niet: %(where)s. Gebruik de namen uit de lijst.") % where,
        TemplateFault.CODE: _("Gebruik alleen de invulvelden uit de lijst, herhalingen (for) en voorwaarden (if)."),
        TemplateFault.EMPTY: _("Er staat geen enkel invulveld in dit document, dus elke brief zou dezelfde zijn."),
    }
    return sentences[error.fault]


class TemplateForm(forms.Form):
    """A Word template for the letters with one outcome."""

    key = forms.ChoiceField(label=gettext_lazy("Voor wie"), choices=Outcome.choices)
    file = forms.FileField(
        label=gettext_lazy("Word-sjabloon (.docx)"),
        max_length=200,
        error_messages={"required": gettext_lazy("Kies een bestand."),
                        "empty": gettext_lazy("Het bestand is leeg. Kies een ander.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse what is no safe template with known placeholders."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(template_sentence(TemplateError(TemplateFault.TOO_LARGE)))
        try:
            check_template(file.read(), SAMPLE)
        except TemplateError as error:
            raise ValidationError(template_sentence(error)) from error
        file.seek(0)
        return file
