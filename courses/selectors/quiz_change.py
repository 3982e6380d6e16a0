"""What publishing a draft would change in a quiz that learners have met."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from courses.compiling.pages import compile_quiz, quiz_key
from courses.compiling.quiz import quiz_of
from courses.domain.changes import ChangeKind, Difference, difference
from courses.domain.spec import Case, Compiled, QuizSpec, text_id
from courses.models import ModulePage, Unit
from courses.quiz_check import faults_of
from courses.services.regrading import Effect, dry_run, submitted_attempts, version_before
from courses.versions import compiled_quiz

# For a change of what is right. Wording does the same as keeping.
KINDS = (ChangeKind.KEEP, ChangeKind.POINTS, ChangeKind.REGRADE)


@dataclass(frozen=True)
class Pending:
    """A draft beside what is published in its language. `submitted` counts attempts."""

    quiz: Unit
    old: Compiled[QuizSpec]
    new: Compiled[QuizSpec]
    difference: Difference
    submitted: int

    @property
    def asks(self) -> bool:
        """Whether the editor has to say what kind of change it is."""
        return bool(self.difference.changed and self.submitted)


def pending_change(draft: ModulePage) -> Pending | None:
    """None where no quiz has been published."""
    quiz = Unit.objects.filter(key=quiz_key(draft.translation_key)).first()
    new = compile_quiz(draft)
    before = version_before(quiz, new) if quiz else None
    if quiz is None or before is None:
        return None
    old = compiled_quiz(before)
    return Pending(quiz, old, new, difference(old, new), submitted_attempts(quiz).count())


class What(StrEnum):
    KEY = "key"
    WORDING = "wording"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class ChangedQuestion:
    text: str
    what: What


@dataclass(frozen=True)
class DryRun:
    """What the page of a dry run shows. `unfinished`: the draft cannot be published as it is;
    `open`: attempts that are going on, which end by the answers they began with."""

    published: bool
    unfinished: bool
    questions: list[ChangedQuestion] = field(default_factory=list)
    asks: bool = False
    submitted: int = 0
    open: int = 0
    effects: dict[ChangeKind, Effect] = field(default_factory=dict)


def dry_run_of(draft: ModulePage) -> DryRun:
    pending = pending_change(draft)
    unfinished = bool(faults_of(*quiz_of(draft)))
    if pending is None:
        return DryRun(published=False, unfinished=unfinished)
    return DryRun(
        published=True,
        unfinished=unfinished,
        questions=list(_questions(pending, draft.locale.language_code)),
        asks=pending.asks,
        submitted=pending.submitted,
        open=pending.quiz.attempts.filter(submitted_at=None).count(),
        effects=dry_run(pending.quiz, pending.new, KINDS) if pending.asks else {},
    )


def _questions(pending: Pending, language: str) -> Iterator[ChangedQuestion]:
    """In the order of the draft, and then those that it does not have any more."""
    before, after = _ids(pending.old.structure), _ids(pending.new.structure)
    for question in after:
        text = _text(pending.new, question, language)
        if question not in before:
            yield ChangedQuestion(text, What.ADDED)
        elif question in pending.difference.key:
            yield ChangedQuestion(text, What.KEY)
        elif question in pending.difference.wording:
            yield ChangedQuestion(text, What.WORDING)
    for question in before:
        if question not in after:
            yield ChangedQuestion(_text(pending.old, question, language), What.REMOVED)


def _ids(spec: QuizSpec) -> list[str]:
    found = []
    for question in spec.questions:
        found.append(question.id)
        if isinstance(question, Case):
            found += [part.id for part in question.questions]
    return found


def _text(quiz: Compiled[QuizSpec], question: str, language: str) -> str:
    texts = quiz.texts.get(language) or next(iter(quiz.texts.values()), {})
    return texts.get(text_id(question, "text"), "")
