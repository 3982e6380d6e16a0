"""Quizzes of every kind of question, what can be answered to them, and what cannot."""

import hashlib
from collections.abc import Iterator
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from courses.domain.answers import Response
from courses.domain.spec import (
    FALSE,
    SCALE_STEPS,
    TRUE,
    Case,
    Choice,
    Compiled,
    CourseSpec,
    LessonRef,
    Match,
    ModuleSpec,
    Option,
    Order,
    Question,
    QuizSpec,
    Scale,
    text_id,
)

often = settings(deadline=None, max_examples=60)

CHOICES = ("one", "several", "truth")
GRADED = (*CHOICES, "match", "order", "case")
KINDS = (*GRADED, "scale")

seeds = st.text("0123456789abcdef", min_size=1, max_size=16)
# Whatever JSON can hold, lone surrogates too.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def named(name: str) -> str:
    """An id that sorts otherwise than its name."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def choice(question_id: str, right: set[int], number: int = 4, kind: str = "one") -> Choice:
    words = (TRUE, FALSE) if kind == "truth" else tuple(str(place) for place in range(number))
    options = tuple(
        Option(id=f"{question_id}-{word}", right=place in right) for place, word in enumerate(words)
    )
    return Choice(kind=kind, id=question_id, options=options)


@st.composite
def choices(draw: st.DrawFn, question_id: str, kind: str) -> Choice:
    number = 2 if kind == "truth" else draw(st.integers(2, 6))
    most = number if kind == "several" else 1
    right = draw(st.sets(st.integers(0, number - 1), min_size=1, max_size=most))
    return choice(question_id, right, number, kind)


@st.composite
def questions(draw: st.DrawFn, name: str = "q", kinds: tuple[str, ...] = KINDS) -> Question:
    kind, question_id = draw(st.sampled_from(kinds)), named(name)
    if kind in CHOICES:
        return draw(choices(question_id, kind))
    if kind == "scale":
        return Scale(id=question_id)
    if kind == "case":
        parts = [
            draw(choices(named(f"{name}-part-{place}"), draw(st.sampled_from(CHOICES))))
            for place in range(draw(st.integers(1, 3)))
        ]
        return Case(id=question_id, questions=tuple(parts))
    ids = tuple(named(f"{name}-{place}") for place in range(draw(st.integers(2, 6))))
    return Match(id=question_id, pairs=ids) if kind == "match" else Order(id=question_id, items=ids)


@st.composite
def quizzes(
    draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, min_size: int = 1, max_size: int = 6
) -> QuizSpec:
    number = draw(st.integers(min_size, max_size))
    salt = draw(st.integers(0, 99))
    return QuizSpec(
        questions=tuple(draw(questions(f"{salt}-{place}", kinds)) for place in range(number)),
        draw=draw(st.none() | st.integers(1, number)),
        shuffle=draw(st.booleans()),
        pass_mark=draw(st.integers(1, 100)),
    )


def responses_to(question: Question) -> st.SearchStrategy[Response]:
    if isinstance(question, Case):
        return st.fixed_dictionaries({part.id: responses_to(part) for part in question.questions})
    if isinstance(question, Match):
        return st.fixed_dictionaries({p: st.sampled_from(question.pairs) for p in question.pairs})
    if isinstance(question, Order):
        return st.permutations(question.items)
    if isinstance(question, Scale):
        return st.integers(1, SCALE_STEPS)
    ids = [option.id for option in question.options]
    if question.kind == "several":
        return st.sets(st.sampled_from(ids), min_size=1).map(sorted)
    return st.sampled_from(ids)


@st.composite
def answers_to(draw: st.DrawFn, quiz: QuizSpec, every: bool = False) -> dict[str, Response]:
    """To all questions of the quiz, or only to some."""
    return {
        question.id: draw(responses_to(question))
        for question in quiz.questions
        if every or draw(st.booleans())
    }


def right_response(question: Question) -> Response:
    if isinstance(question, Case):
        return {part.id: right_response(part) for part in question.questions}
    if isinstance(question, Match):
        return {pair: pair for pair in question.pairs}
    if isinstance(question, Order):
        return list(question.items)
    if isinstance(question, Scale):
        return 3
    return sorted(question.right) if question.kind == "several" else next(iter(question.right))


def field_names(question: Question) -> set[str]:
    """What the fields of its form are called."""
    if isinstance(question, Case):
        return {part.id for part in question.questions}
    if isinstance(question, Match):
        return set(question.pairs)
    if isinstance(question, Order):
        return set(question.items)
    return {question.id}


def compiled(quiz: QuizSpec, *languages: str) -> Compiled[QuizSpec]:
    return Compiled(quiz, {language: dict(_texts(quiz, language)) for language in languages})


def _texts(quiz: QuizSpec, language: str) -> Iterator[tuple[str, str]]:
    """Each text says its language, what it belongs to and what it is."""
    owners = [one for question in quiz.questions for one in (question, *_inner(question))]
    for owner in owners:
        ids: list[str] = [owner.id]
        if isinstance(owner, Choice):
            ids += [option.id for option in owner.options]
        elif isinstance(owner, Match | Order):
            ids += owner.pairs if isinstance(owner, Match) else owner.items
        for one in ids:
            for name in ("text", "left", "right", "feedback", "low", "high"):
                yield text_id(one, name), f"{language} {one} {name}"
    for name in ("passed", "failed"):
        yield text_id("quiz", name), f"{language} quiz {name}"


def _inner(question: Any) -> tuple[Question, ...]:
    return question.questions if isinstance(question, Case) else ()


# Few keys, so that what is done and what there is to do often meet.
LESSONS = tuple(f"lesson-{number}" for number in range(6))
MODULES = tuple(f"module-{number}" for number in range(5))
STEPS = (*LESSONS, "quiz")
done_steps = st.sets(st.sampled_from(STEPS))


@st.composite
def modules(draw: st.DrawFn) -> ModuleSpec:
    keys = draw(st.lists(st.sampled_from(LESSONS), unique=True))
    return ModuleSpec(
        lessons=tuple(LessonRef(key=key, minutes=5) for key in keys),
        quiz=draw(st.sampled_from([None, "quiz"])),
    )


@st.composite
def courses(draw: st.DrawFn) -> CourseSpec:
    keys = draw(st.lists(st.sampled_from(MODULES), unique=True))
    required = draw(st.none() | st.integers(1, len(MODULES) + 1))
    return CourseSpec(modules=tuple(keys), required=required)
