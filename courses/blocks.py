"""What lessons, quizzes and facilitator's guides are written in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import BodyBlock, inline_text

OPTIONS = {"min_num": 2, "max_num": 8}


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=600, label=_("Text"))
    right = blocks.BooleanBlock(required=False, label=_("This is right"))
    feedback = blocks.TextBlock(
        max_length=600, rows=2, label=_("Feedback"),
        help_text=_("Why it is right or wrong; shown to those who chose it."),
    )  # fmt: skip

    class Meta:
        icon = "radio-full"
        label = _("Option")


# -- lessons -------------------------------------------------------------------------------------


class ReflectionBlock(blocks.StructBlock):
    """A question to think about; who is signed in can write a private note."""

    prompt = blocks.TextBlock(max_length=1000, rows=3, label=_("Question"))

    class Meta:
        icon = "edit"
        label = _("Reflection")
        template = "blocks/reflection.html"


class SelfCheckBlock(blocks.StructBlock):
    """A question that the reader answers for themselves; nothing is saved or counted."""

    question = blocks.CharBlock(max_length=600, label=_("Question"))
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), **OPTIONS)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            # A draft may be half-finished.
            return value
        if not any(option["right"] for option in value["options"]):
            message = ValidationError(_("Mark at least one answer as right."))
            raise blocks.StructBlockValidationError(block_errors={"options": message})
        return value

    class Meta:
        icon = "help"
        label = _("Check yourself")
        template = "blocks/self_check.html"


class CaseQuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=600, label=_("Question"))
    comment = blocks.TextBlock(max_length=1000, rows=2, label=_("What to weigh"))

    class Meta:
        icon = "help"
        label = _("Question")


class CaseBlock(blocks.StructBlock):
    """A situation without a given answer, with questions and what to weigh in them."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = inline_text(label=_("Situation"))
    questions = blocks.ListBlock(CaseQuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Case")
        template = "blocks/case.html"


class LessonBodyBlock(BodyBlock):
    reflection = ReflectionBlock()
    check = SelfCheckBlock()
    case = CaseBlock()


# -- quizzes ------------------------------------------------------------------------------------


class QuestionBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=600, rows=2, label=_("Question"))
    read = blocks.PageChooserBlock(
        page_type="courses.LessonPage", required=False, label=_("Where to read again")
    )


class OneBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), **OPTIONS)

    class Meta:
        icon = "radio-full"
        label = _("One answer")


class SeveralBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), **OPTIONS)

    class Meta:
        icon = "tick"
        label = _("Several answers")


class TruthBlock(QuestionBlock):
    answer = blocks.BooleanBlock(required=False, label=_("The statement is true"))
    if_true = blocks.TextBlock(max_length=600, rows=2, label=_("Feedback to those who say true"))
    if_false = blocks.TextBlock(max_length=600, rows=2, label=_("Feedback to those who say false"))

    class Meta:
        icon = "check"
        label = _("True or false")


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(max_length=300, label=_("Left"))
    right = blocks.CharBlock(max_length=300, label=_("Belongs to it"))
    feedback = blocks.TextBlock(max_length=600, rows=2, label=_("Feedback"))

    class Meta:
        icon = "link"
        label = _("Pair")


class MatchBlock(QuestionBlock):
    pairs = blocks.ListBlock(PairBlock(), label=_("Pairs"), **OPTIONS)

    class Meta:
        icon = "link"
        label = _("Matching")


class ItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=_("Text"))
    feedback = blocks.TextBlock(max_length=600, rows=2, label=_("Feedback"))

    class Meta:
        icon = "order"
        label = _("Item")


class OrderBlock(QuestionBlock):
    items = blocks.ListBlock(
        ItemBlock(), label=_("Items, in the right order"), min_num=3, max_num=8
    )

    class Meta:
        icon = "list-ol"
        label = _("Ordering")


class CasePartsBlock(blocks.StreamBlock):
    one = OneBlock()
    several = SeveralBlock()
    truth = TruthBlock()


class QuizCaseBlock(QuestionBlock):
    text = blocks.TextBlock(max_length=1000, rows=4, label=_("Situation"))
    questions = CasePartsBlock(label=_("Questions"), min_num=2, max_num=6)

    class Meta:
        icon = "group"
        label = _("Case with questions")


class ScaleBlock(blocks.StructBlock):
    """Never graded, and counted without the person."""

    text = blocks.TextBlock(max_length=600, rows=2, label=_("Statement"))
    low = blocks.CharBlock(max_length=60, label=_("Label of 1"))
    high = blocks.CharBlock(max_length=60, label=_("Label of 5"))

    class Meta:
        icon = "sliders"
        label = _("Attitude scale")


class QuizBlock(blocks.StreamBlock):
    one = OneBlock()
    several = SeveralBlock()
    truth = TruthBlock()
    match = MatchBlock()
    order = OrderBlock()
    case = QuizCaseBlock()
    scale = ScaleBlock()


# -- the facilitator's guide -------------------------------------------------------------------


class PlanBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(min_value=1, max_value=600, label=_("Minutes"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = inline_text(label=_("What the leader does"))

    class Meta:
        icon = "time"
        label = _("Part of the session")


class ExerciseBlock(PlanBlock):
    text = inline_text(label=_("How to do it"))

    class Meta:
        icon = "group"
        label = _("Exercise")
