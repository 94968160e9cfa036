"""What people write about a finding."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """A comment."""

    text = forms.CharField(
        label=_("Reactie"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "class": "govuk-textarea"})
    )


class ReasonForm(forms.Form):
    """Why a finding is closed or opened again; anyone can read it."""

    reason = forms.CharField(
        label=_("Reden"), max_length=4000, help_text=_("Iedereen kan deze reden lezen."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "govuk-textarea"}),
    )  # fmt: skip
