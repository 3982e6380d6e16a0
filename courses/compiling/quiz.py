"""From a module's stream of questions to a QuizSpec and its texts."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.blocks import StreamValue

from courses.domain.spec import (
    FALSE,
    TRUE,
    Case,
    Choice,
    Compiled,
    Match,
    Option,
    Order,
    QuizSpec,
    Scale,
    text_id,
)


def quiz_of(page: Any) -> tuple[QuizSpec, dict[str, str]]:
    """The quiz of a ModulePage, in its own language, published or as it is being written."""
    texts = {
        text_id("quiz", "passed"): page.quiz_passed,
        text_id("quiz", "failed"): page.quiz_failed,
    }
    structure = QuizSpec(
        questions=tuple(_questions(page.quiz, texts)),
        draw=page.quiz_draw,
        shuffle=page.quiz_shuffle,
        pass_mark=page.pass_mark,
        max_attempts=page.max_attempts,
        wait_hours=page.wait_hours,
    )
    return structure, texts


def graded_in(page: Any) -> int:
    """How many questions an attempt grades at most, and how many minutes it is reckoned to take.

    Where questions are drawn, the first ones stand for those that will be. No page is looked up.
    """
    asked = page.quiz.raw_data[: page.quiz_draw]
    return sum(
        len(question["value"]["questions"])
        if question["type"] == "case"
        else question["type"] != "scale"
        for question in asked
    )


def draft_of(page: Any) -> Compiled[QuizSpec]:
    """The quiz of a page as it is being written, in its own language alone."""
    structure, texts = quiz_of(page)
    return Compiled(structure, {page.locale.language_code: texts})


def _questions(stream: StreamValue, texts: dict[str, str]) -> Iterable[Any]:
    """The questions of a stream; their texts are put into `texts`."""
    for block in stream:
        question_id, value = str(block.id), block.value
        texts[text_id(question_id, "text")] = value["text"] or ""
        yield _MAKERS[block.block_type](block.block_type, question_id, value, texts)


def _read(value: Mapping[str, Any]) -> str | None:
    lesson = value.get("read")
    return str(lesson.translation_key) if lesson else None


def _choice(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Choice:
    options = []
    for item in value["options"].bound_blocks:
        for name in ("text", "feedback"):
            texts[text_id(str(item.id), name)] = item.value[name] or ""
        options.append(Option(id=str(item.id), right=bool(item.value["right"])))
    return Choice(kind=kind, id=question_id, options=tuple(options), read=_read(value))


def _truth(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Choice:
    texts[text_id(f"{question_id}-{TRUE}", "feedback")] = value["if_true"] or ""
    texts[text_id(f"{question_id}-{FALSE}", "feedback")] = value["if_false"] or ""
    options = tuple(
        Option(id=f"{question_id}-{word}", right=bool(value["answer"]) == (word == TRUE))
        for word in (TRUE, FALSE)
    )
    return Choice(kind=kind, id=question_id, options=options, read=_read(value))


def _match(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Match:
    ids = _items(value["pairs"], ("left", "right", "feedback"), texts)
    return Match(id=question_id, pairs=ids, read=_read(value))


def _order(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Order:
    ids = _items(value["items"], ("text", "feedback"), texts)
    return Order(id=question_id, items=ids, read=_read(value))


def _items(items: Any, names: tuple[str, ...], texts: dict[str, str]) -> tuple[str, ...]:
    for item in items.bound_blocks:
        for name in names:
            texts[text_id(str(item.id), name)] = item.value[name] or ""
    return tuple(str(item.id) for item in items.bound_blocks)


def _case(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Case:
    questions = tuple(_questions(value["questions"], texts))
    return Case(id=question_id, questions=questions, read=_read(value))


def _scale(kind: str, question_id: str, value: Any, texts: dict[str, str]) -> Scale:
    for name in ("low", "high"):
        texts[text_id(question_id, name)] = value[name] or ""
    return Scale(id=question_id)


_MAKERS = {
    "one": _choice, "several": _choice, "truth": _truth, "match": _match, "order": _order,
    "case": _case, "scale": _scale,
}  # fmt: skip
