"""The forms that learners fill in, beside quizzes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Evaluation
from courses.models.certificate import SCORES

NAMES = ("useful", "clear", "recommend")


class EvaluationForm(forms.ModelForm):
    """Three scores and words of one's own; the questions are the labels."""

    useful = forms.TypedChoiceField(
        choices=SCORES, coerce=int, widget=forms.RadioSelect,
        label=_("How useful is the course in your work?"),
    )  # fmt: skip
    clear = forms.TypedChoiceField(
        choices=SCORES, coerce=int, widget=forms.RadioSelect,
        label=_("How easy was it to understand?"),
    )  # fmt: skip
    recommend = forms.TypedChoiceField(
        choices=SCORES, coerce=int, widget=forms.RadioSelect,
        label=_("Would you recommend it to a colleague?"),
    )  # fmt: skip
    words = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        label=_("What should we keep, and what should we change?"),
        help_text=_("Your name is not shown with what you write. Leave out names of others."),
    )  # fmt: skip

    class Meta:
        model = Evaluation
        fields = (*NAMES, "words")

    @property
    def scores(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in NAMES}


class CertificateForm(forms.Form):
    name = forms.CharField(
        max_length=150,
        label=_("Your name, as you want it on the certificate"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("It cannot be changed afterwards.")
