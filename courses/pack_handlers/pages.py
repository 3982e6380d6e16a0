"""From front matter and Markdown to the fields of courses, modules and lessons."""

from typing import Any

from courses import models
from courses.pack_handlers import specs
from home.packs.build import Builder
from home.packs.markdown import Block
from home.packs.registry import PageHandler, Values

Loc = tuple[str | int, ...]


def _course(build: Builder, spec: specs.CourseSpec) -> Values:
    modules = [
        {"type": "module", "value": build.ref(path, "modules", index, type_name="module")}
        for index, path in enumerate(spec.modules)
    ]
    return {
        "audience": spec.audience.value,
        "objectives": _lines(build, "objectives", "objective", spec.objectives),
        "modules": build.stream("modules", modules),
        "modules_required": spec.modules_required,
        "validity_months": spec.validity_months,
        "body": build.body(),
        **_responsible(build, spec),
    }


def _module(build: Builder, spec: specs.ModuleSpec) -> Values:
    return {
        "focus_areas": build.focus_areas(spec.focus_areas),
        "objectives": _lines(build, "objectives", "objective", spec.objectives),
        "proposal": spec.proposal,
        "body": build.body(),
        **_quiz(build, spec.quiz),
        **_guide(build, spec.guide),
        **_responsible(build, spec),
    }


def _lesson(build: Builder, spec: specs.LessonSpec) -> Values:
    return {"minutes": spec.minutes, "body": build.body()}


def _index(build: Builder, spec: specs.CourseIndexSpec) -> Values:
    return {"body": build.body()}


def _responsible(build: Builder, spec: specs.CourseSpec | specs.ModuleSpec) -> Values:
    return {
        "owner_agency_id": build.row("agency", spec.owner, "owner") if spec.owner else None,
        "last_reviewed": spec.last_reviewed,
        "next_review_due": spec.next_review_due,
    }


def _lines(build: Builder, field: str, block: str, lines: list[str]) -> list[Block]:
    return build.stream(field, [{"type": block, "value": line} for line in lines])


# -- quiz --------------------------------------------------------------------------------------


def _quiz(build: Builder, quiz: specs.QuizSpec | None) -> Values:
    if quiz is None:
        return {"quiz": []}
    if quiz.draw and quiz.draw > len(quiz.questions):
        build.fail("quiz.draw: there are not so many questions", "quiz", "draw")
    questions = [
        _question(build, question, ("quiz", "questions", index))
        for index, question in enumerate(quiz.questions)
    ]
    _refuse_twice(build, quiz)
    return {
        "quiz": build.stream("quiz", questions),
        "quiz_draw": quiz.draw,
        "quiz_shuffle": quiz.shuffle,
        "pass_mark": quiz.pass_mark,
        "max_attempts": quiz.max_attempts,
        "wait_hours": quiz.wait_hours,
        "quiz_passed": quiz.passed,
        "quiz_failed": quiz.failed,
    }


def _question(build: Builder, question: Any, loc: Loc) -> Block:
    """The block of a question; its id comes from its key, so that it may move."""
    value = question.model_dump(exclude={"kind", "key"})
    if "read" in value:
        read = value["read"]
        value["read"] = build.ref(read, *loc, "read", type_name="lesson") if read else None
    if question.kind == "case":
        value["questions"] = [
            _question(build, part, (*loc, "questions", index))
            for index, part in enumerate(question.questions)
        ]
    _check_right(build, question, loc)
    return {"type": question.kind, "value": value, "place": question.key}


def _check_right(build: Builder, question: Any, loc: Loc) -> None:
    right = sum(option.right for option in getattr(question, "options", ()))
    if question.kind == "one" and right != 1:
        build.fail("options: exactly one must be right", *loc, "options")
    if question.kind == "several" and not right:
        build.fail("options: at least one must be right", *loc, "options")


def _refuse_twice(build: Builder, quiz: specs.QuizSpec) -> None:
    seen = set()
    for index, question in enumerate(quiz.questions):
        for part in [question, *getattr(question, "questions", ())]:
            if part.key in seen:
                build.fail(f"key: {part.key!r} stands twice", "quiz", "questions", index)
            seen.add(part.key)


# -- the facilitator's guide -------------------------------------------------------------------


def _guide(build: Builder, guide: specs.GuideSpec | None) -> Values:
    if guide is None:
        return {}
    return {
        "guide_plan": _rich(build, "plan", "part", guide.plan),
        "guide_exercises": _rich(build, "exercises", "exercise", guide.exercises),
        "guide_discussion": _lines(build, "guide_discussion", "question", guide.discussion),
        "guide_material": _lines(build, "guide_material", "item", guide.material),
        "guide_adapt": build.rich_text(guide.adapt, "guide", "adapt"),
    }


def _rich(build: Builder, name: str, block: str, rows: list[Any]) -> list[Block]:
    values = [
        row.model_dump() | {"text": build.rich_text(row.text, "guide", name, index, "text")}
        for index, row in enumerate(rows)
    ]
    return build.stream(f"guide_{name}", [{"type": block, "value": value} for value in values])


HANDLERS = {
    "course": PageHandler(models.CoursePage, specs.CourseSpec, _course),
    "module": PageHandler(models.ModulePage, specs.ModuleSpec, _module),
    "lesson": PageHandler(models.LessonPage, specs.LessonSpec, _lesson),
    "course_index": PageHandler(models.CourseIndexPage, specs.CourseIndexSpec, _index),
    "module_index": PageHandler(models.ModuleIndexPage, specs.CourseIndexSpec, _index),
}
