"""The quiz of a draft as learners will see it when they have answered everything right."""

from dataclasses import dataclass

from courses.compiling.quiz import draft_of
from courses.domain.answers import Response
from courses.domain.spec import Case, Choice, Compiled, Match, Order, Question, Scale
from courses.models import ModulePage
from courses.presenting import Showing, ShownOption, ShownQuestion


@dataclass(frozen=True)
class PreviewedQuestion:
    """`others` are answers that are not right, whose feedback is for who chooses them."""

    question: ShownQuestion
    others: list[ShownOption]


@dataclass(frozen=True)
class PreviewedQuiz:
    questions: list[PreviewedQuestion]
    passed: str
    failed: str


def previewed_quiz(page: ModulePage) -> PreviewedQuiz:
    """In the order of the page: nothing is shuffled or drawn."""
    quiz = draft_of(page)
    structure = quiz.structure.model_copy(update={"shuffle": False})
    showing = Showing(Compiled(structure, quiz.texts), "", page.locale.language_code)
    return PreviewedQuiz(
        questions=[_previewed(question, showing) for question in structure.questions],
        passed=showing.words("passed"),
        failed=showing.words("failed"),
    )


def _previewed(question: Question, showing: Showing) -> PreviewedQuestion:
    scale = isinstance(question, Scale)
    shown = showing.question(question, right_response(question), answered=not scale)
    parts = [] if scale else shown.parts or [shown]
    others = [option for part in parts for option in part.options if not option.right]
    return PreviewedQuestion(shown, others)


def right_response(question: Question) -> Response:
    """None where a draft does not say yet what is right."""
    if isinstance(question, Choice):
        right = [option.id for option in question.options if option.right]
        return right if question.kind == "several" else next(iter(right), None)
    if isinstance(question, Match):
        return {pair: pair for pair in question.pairs}
    if isinstance(question, Order):
        return list(question.items)
    if isinstance(question, Case):
        return {part.id: right_response(part) for part in question.questions}
    return None
