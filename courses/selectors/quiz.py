"""What the page of a quiz shows: its beginning, a question, or the result."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from courses.domain.completion import Progress
from courses.domain.drawing import parts
from courses.domain.errors import AttemptRefusedError, Fault
from courses.domain.grading import Score
from courses.domain.spec import Question, Scale, asked_number
from courses.journey import Journey
from courses.models import Unit
from courses.presenting import Showing, ShownQuestion
from courses.quizzing import AccountQuiz, GuestQuiz, State
from courses.selectors.after import After, after_module
from courses.selectors.course import course_link
from courses.selectors.units import pages_by_key
from home.frame import Link
from home.permanent import permanent_id
from home.selectors import address


@dataclass(frozen=True)
class Reviewed:
    """A question in the result, and the lesson where to read again."""

    question: ShownQuestion
    read: Link | None
    skipped: bool


@dataclass(frozen=True)
class QuizPage:
    """`step` is start, question, result or gone; what belongs to other steps is empty.

    `spoken` is the language of the questions, which can be another than the page's. `next` is what
    comes after a module that is completed.
    """

    step: str
    code: str
    module: Link
    course: Link | None
    spoken: str = ""
    number: int = 0
    pass_mark: int = 0
    refusal: AttemptRefusedError | None = None
    attempts_left: int | None = None
    last: Score | None = None
    attempt: str = ""
    place: int = 0
    total: int = 0
    progress: Progress = field(default_factory=lambda: Progress(0, 0))
    question: ShownQuestion | None = None
    read: Link | None = None
    is_last: bool = False
    may_try_again: bool = False
    score: Score | None = None
    after: After | None = None
    words: str = ""
    reviewed: list[Reviewed] = field(default_factory=list)
    faults: Mapping[str, Fault] = field(default_factory=dict)


def quiz_page(
    *,
    module: Unit,
    taking: AccountQuiz | GuestQuiz,
    journey: Journey,
    question: str,
    result: bool,
    given: Mapping[str, str],
    faults: Mapping[str, Fault],
) -> QuizPage:
    latest = taking.latest()
    showing = latest and Showing(latest.quiz, latest.seed, journey.language)
    if latest and showing:
        asked = next((one for one in latest.asked if one.id == question), None)
        if asked and (latest.score is None or asked.id in latest.responses):
            return _question(module, latest, showing, asked, journey, given, faults)
        if latest.score is None and not result:
            return _question(
                module, latest, showing, (latest.unanswered or latest.asked)[0], journey, {}, {}
            )
        if latest.score is not None and result:
            return _result(module, latest, showing, latest.score, taking, journey)
    return _start(module, taking, latest, journey)


def _start(
    module: Unit, taking: AccountQuiz | GuestQuiz, latest: State | None, journey: Journey
) -> QuizPage:
    links = _links(module, journey)
    if taking.spec is None:
        return QuizPage("gone", *links)
    return QuizPage(
        "start",
        *links,
        number=asked_number(taking.spec),
        pass_mark=taking.spec.pass_mark,
        refusal=taking.refusal(timezone.now()),
        attempts_left=taking.attempts_left(),
        last=latest.score if latest else None,
    )


def _question(
    module: Unit,
    state: State,
    showing: Showing,
    asked: Question,
    journey: Journey,
    given: Mapping[str, str],
    faults: Mapping[str, Fault],
) -> QuizPage:
    answered = asked.id in state.responses
    return QuizPage(
        "question",
        *_links(module, journey),
        spoken=showing.spoken,
        attempt=state.key,
        place=state.asked.index(asked) + 1,
        total=len(state.asked),
        progress=Progress(len(state.responses), len(state.asked)),
        question=showing.question(
            asked, state.responses.get(asked.id), given, faults, answered=answered
        ),
        read=_read([asked], journey).get(asked.id) if answered else None,
        is_last=not state.unanswered,
        faults=faults,
    )


def _result(
    module: Unit,
    state: State,
    showing: Showing,
    reached: Score,
    taking: AccountQuiz | GuestQuiz,
    journey: Journey,
) -> QuizPage:
    read = _read(state.asked, journey)
    return QuizPage(
        "result",
        *_links(module, journey),
        spoken=showing.spoken,
        pass_mark=state.quiz.structure.pass_mark,
        refusal=taking.refusal(timezone.now()),
        attempts_left=taking.attempts_left(),
        may_try_again=taking.spec is not None,
        score=reached,
        after=after_module(module, journey) if reached.passed else None,
        words=showing.words("passed" if reached.passed else "failed"),
        reviewed=[
            Reviewed(
                showing.question(one, state.responses.get(one.id), answered=True),
                read.get(one.id),
                skipped=one.id not in state.responses,
            )
            for one in state.asked
            if not isinstance(one, Scale)
        ],
    )


def _links(module: Unit, journey: Journey) -> tuple[str, Link, Link | None]:
    key = str(module.key)
    page = pages_by_key([key], journey.language).get(key)
    url = address(page) + journey.query if page else ""
    link = Link(page.title if page else module.title_in(journey.language), url)
    return permanent_id(module.key), link, course_link(journey)


def _read(questions: list[Question] | tuple[Question, ...], journey: Journey) -> dict[str, Link]:
    """The published lesson of each question, by the question's id: one query."""
    keys = {question.id: _where(question) for question in questions}
    pages = pages_by_key({key for key in keys.values() if key}, journey.language)
    return {
        question: Link(pages[key].title, address(pages[key]) + journey.query)
        for question, key in keys.items()
        if key in pages
    }


def _where(question: Question) -> str | None:
    """The lesson that a question names, or the first that its parts name."""
    named = [getattr(one, "read", None) for one in (question, *parts(question))]
    return next((key for key in named if key), None)
