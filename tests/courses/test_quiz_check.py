"""What keeps a quiz from being published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.drawing import drawn
from courses.domain.spec import Case, Choice, Match, Order, QuizSpec, Scale, gradable
from courses.quiz_check import FaultKind, faults_of
from tests.courses.quizzes import choice, match, order, specs

Fault = tuple[str, str, str]


def texts_of(spec: QuizSpec) -> dict[str, str]:
    """A text for everything that has one, each of its own."""
    texts = {"quiz.passed": "Bra.", "quiz.failed": "Igen."}
    for question in spec.questions:
        _add(question, texts)
    return texts


def _add(question: object, texts: dict[str, str]) -> None:
    names: dict[str, tuple[str, ...]] = {question.id: ("text",)}  # type: ignore[attr-defined]
    if isinstance(question, Choice):
        names |= {option.id: ("text", "feedback") for option in question.options}
    elif isinstance(question, Match):
        names |= {pair: ("left", "right", "feedback") for pair in question.pairs}
    elif isinstance(question, Order):
        names |= {one: ("text", "feedback") for one in question.items}
    elif isinstance(question, Scale):
        names = {question.id: ("text", "low", "high")}
    elif isinstance(question, Case):
        for part in question.questions:
            _add(part, texts)
    texts |= {f"{key}.{name}": f"{key} {name}" for key, those in names.items() for name in those}


def faults(*questions: object, texts: dict[str, str] | None = None, **rest: object) -> list[Fault]:
    spec = QuizSpec(questions=questions, **rest)  # type: ignore[arg-type]
    found = faults_of(spec, texts_of(spec) | (texts or {}))
    return [(fault.owner, fault.field, fault.kind) for fault in found]


TRUTH = Choice(
    kind="truth", id="t", options=(
        {"id": "t-true", "right": True}, {"id": "t-false"},
    ),
)  # fmt: skip
EVERY_KIND = (
    choice("q1"), choice("q2", "ab", kind="several"), TRUTH, match("q4"), order("q5"),
    Case(id="q6", questions=(choice("q6a"), choice("q6b"))), Scale(id="q7"),
)  # fmt: skip


def test_a_complete_quiz_has_no_fault() -> None:
    assert faults(*EVERY_KIND) == []


def test_a_quiz_without_questions_is_no_quiz_and_has_no_fault() -> None:
    assert faults_of(QuizSpec(questions=(), draw=5), {}) == []


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (choice("q1", right=""), ("q1", "options", FaultKind.NOT_ONE_RIGHT)),
        (choice("q1", right="ab"), ("q1", "options", FaultKind.NOT_ONE_RIGHT)),
        (choice("q1", "", kind="several"), ("q1", "options", FaultKind.NONE_RIGHT)),
        (choice("q1", of="a"), ("q1", "options", FaultKind.FEW)),
        (match("q1", of="a"), ("q1", "pairs", FaultKind.FEW)),
        (order("q1", of="ab"), ("q1", "items", FaultKind.FEW)),
        (Case(id="q1", questions=(choice("p"),)), ("q1", "questions", FaultKind.FEW)),
        (
            Case(id="q1", questions=(choice("p"), choice("r", right=""))),
            ("r", "options", FaultKind.NOT_ONE_RIGHT),
        ),
    ],
)
def test_a_fault_names_the_block_and_the_field(question: object, fault: Fault) -> None:
    assert faults(question, choice("other")) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("q1.text", ("q1", "text")),
        ("q1-a.text", ("q1-a", "text")),
        ("q1-b.feedback", ("q1-b", "feedback")),
        ("t-true.feedback", ("t", "if_true")),
        ("t-false.feedback", ("t", "if_false")),
        ("q4-a.left", ("q4-a", "left")),
        ("q4-a.right", ("q4-a", "right")),
        ("q4-a.feedback", ("q4-a", "feedback")),
        ("q5-c.text", ("q5-c", "text")),
        ("q6.text", ("q6", "text")),
        ("q6b-a.text", ("q6b-a", "text")),
        ("q7.low", ("q7", "low")),
        ("quiz.passed", ("", "quiz_passed")),
        ("quiz.failed", ("", "quiz_failed")),
    ],
)
def test_an_empty_text_is_said_where_it_is_written(text: str, fault: tuple[str, str]) -> None:
    assert faults(*EVERY_KIND, texts={text: "  "}) == [(*fault, FaultKind.EMPTY)]


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        ("q1-a.text", "q1-c.text", ("q1-c", "text")),
        ("q4-a.left", "q4-b.left", ("q4-b", "left")),
        ("q4-a.right", "q4-b.right", ("q4-b", "right")),
        ("q5-a.text", "q5-b.text", ("q5-b", "text")),
    ],
)
def test_two_that_cannot_be_told_apart_are_a_fault_of_the_second(
    first: str, second: str, fault: tuple[str, str]
) -> None:
    same = {first: "Samma  svar", second: "samma svar "}
    assert faults(*EVERY_KIND, texts=same) == [(*fault, FaultKind.SAME)]


def test_the_same_feedback_may_stand_twice() -> None:
    assert faults(*EVERY_KIND, texts={"q1-a.feedback": "Nej.", "q1-b.feedback": "Nej."}) == []


def test_more_cannot_be_drawn_than_there_is() -> None:
    assert faults(choice("q1"), draw=1) == []
    assert faults(choice("q1"), draw=2) == [("", "quiz_draw", FaultKind.DRAWS_TOO_MANY)]


def test_nothing_to_grade_is_a_fault() -> None:
    assert faults(Scale(id="s")) == [("", "quiz", FaultKind.NONE_GRADED)]
    scales = Scale(id="s"), Scale(id="r"), choice("q1")
    assert faults(*scales, draw=2) == [("", "quiz_draw", FaultKind.DRAWS_UNGRADED)]
    assert faults(*scales, draw=3) == []


@given(specs(), st.text(max_size=8))
def test_every_attempt_at_a_quiz_without_faults_can_be_failed(spec: QuizSpec, seed: str) -> None:
    if not faults_of(spec, texts_of(spec)):
        assert list(gradable(drawn(spec, seed)))


def test_a_message_says_how_many() -> None:
    spec = QuizSpec(questions=(choice("q1"),), draw=3)
    [fault] = faults_of(spec, texts_of(spec))
    assert "1" in fault.message
