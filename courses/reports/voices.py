"""What learners thought: means of scores, words without names, and attitudes. Of the whole
platform together, and only where at least five have answered. For editors and administrators."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.utils.translation import get_language

from courses.domain.privacy import THRESHOLD
from courses.domain.spec import UnitKind, text_id
from courses.models import Attitude, CurrentVersion, Evaluation, Unit, UnitVersion
from courses.reports.figures import SCORES, mean
from courses.versions import compiled_course

_SCORE_NAMES = {
    field.name: field.verbose_name for field in Evaluation._meta.fields if field.name in SCORES
}


@dataclass(frozen=True)
class Mean:
    """Of a question or a statement, from 1 to 5."""

    label: str
    value: float
    number: int


@dataclass(frozen=True)
class Voices:
    """Empty where fewer than five have answered. `words` are in an order that tells no time."""

    scores: list[Mean]
    words: list[str]
    attitudes: list[Mean]


def voices_of(unit: Unit) -> Voices:
    given = Evaluation.objects.filter(completion__unit=unit)
    sums = given.order_by().aggregate(number=Count("pk"), **{name: Sum(name) for name in SCORES})
    if sums["number"] < THRESHOLD:
        return Voices([], [], _attitudes(unit))
    scores = [
        Mean(
            str(_SCORE_NAMES[name]),
            mean(sums[name], sums["number"]) or 0,
            sums["number"],
        )
        for name in SCORES
    ]
    words = sorted(given.exclude(words="").values_list("words", flat=True), key=str.casefold)
    return Voices(scores, words, _attitudes(unit))


def _attitudes(unit: Unit) -> list[Mean]:
    quizzes = Unit.objects.filter(kind=UnitKind.QUIZ, part_of__key__in=_modules(unit))
    rows = (
        Attitude.objects.filter(quiz__in=quizzes)
        .values("quiz", "question")
        .annotate(people=Sum("number"), points=Sum(F("number") * F("step")))
        .filter(people__gte=THRESHOLD)
        .order_by("quiz", "question")
    )
    found = list(rows.values_list("quiz", "question", "people", "points"))
    texts = _statements({(quiz, question) for quiz, question, _, _ in found})
    return [
        Mean(texts[quiz, question], mean(points, people) or 0, people)
        for quiz, question, people, points in found
        if (quiz, question) in texts
    ]


def _modules(unit: Unit) -> list[str]:
    """Keys of the modules whose quizzes belong to the unit: the module itself, or the course's."""
    if unit.kind == UnitKind.MODULE:
        return [str(unit.key)]
    current = CurrentVersion.objects.filter(unit=unit).select_related("version")
    keys = (key for row in current for key in compiled_course(row.version).structure.modules)
    return list(dict.fromkeys(keys))


def _statements(asked: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """The statements of scales, from the newest version that has them, in the reader's language or
    else in any."""
    wanted = set(asked)
    found: dict[tuple[int, str], str] = {}
    versions = UnitVersion.objects.filter(unit__in={quiz for quiz, _ in wanted})
    for version in versions.order_by("-number"):
        texts = version.spec["texts"]
        languages = sorted(texts, key=lambda language: language != get_language())
        for quiz, question in wanted:
            for language in languages:
                text = texts[language].get(text_id(question, "text"))
                if quiz == version.unit_id and text:
                    found.setdefault((quiz, question), text)
    return found
