"""What a new version of a quiz changes, and what that does to attempts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.changes import (
    Change,
    ChangeKind,
    Difference,
    difference,
    kind_to_settle,
    regraded,
)
from courses.domain.drawing import drawn
from courses.domain.grading import Score, score
from courses.domain.spec import Case, Choice, Compiled, QuizSpec
from tests.courses.domain.strategies import answers_to
from tests.courses.quizzes import choice, compiled, match, order, specs

KEYLESS = (ChangeKind.WORDING, ChangeKind.KEEP)


def words(**texts: str) -> dict[str, str]:
    return {name.replace("__", "."): text for name, text in texts.items()}


# -- what has changed --------------------------------------------------------------------------


def test_another_right_answer_is_a_change_of_the_key() -> None:
    found = difference(compiled(choice("q1")), compiled(choice("q1", right="b")))
    assert found == Difference(key=frozenset({"q1"}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (choice("q1", "ab", kind="several"), choice("q1", "a", kind="several")),
        (choice("q1"), choice("q1", kind="several")),
        (match("q1"), match("q1", of="abcd")),
        (order("q1"), order("q1", of="acb")),
    ],
)
def test_what_decides_the_points_is_the_key(before: Choice, after: Choice) -> None:
    assert difference(compiled(before), compiled(after)).key == {"q1"}


def test_an_answer_that_is_not_right_may_come_and_go_without_another_key() -> None:
    found = difference(compiled(choice("q1")), compiled(choice("q1", of="abcd")))
    assert found == Difference(wording=frozenset({"q1"}))


def test_answers_in_another_order_and_where_to_read_change_nothing() -> None:
    before = choice("q1", of="abc")
    after = choice("q1", of="cba").model_copy(update={"read": "a lesson"})
    assert difference(compiled(before), compiled(after)) == Difference()


def test_another_text_of_a_question_or_an_answer_is_wording() -> None:
    before = compiled(choice("q1"), choice("q2"), texts={"sv": {"q1.text": "A", "q2-a.text": "B"}})
    after = compiled(choice("q1"), choice("q2"), texts={"sv": {"q1.text": "X", "q2-a.text": "Y"}})
    assert difference(before, after) == Difference(wording=frozenset({"q1", "q2"}))


def test_only_texts_in_languages_that_both_have_are_compared() -> None:
    before = compiled(choice("q1"), texts={"sv": {"q1.text": "A"}})
    after = compiled(choice("q1"), texts={"en": {"q1.text": "B"}, "sv": {"q1.text": "A"}})
    assert difference(before, after) == Difference()


def test_questions_that_come_or_go_and_words_of_the_whole_are_no_change_of_a_question() -> None:
    before = compiled(choice("q1"), choice("q2"), texts={"sv": {"quiz.passed": "A"}})
    after = compiled(choice("q3"), choice("q1"), texts={"sv": {"quiz.passed": "B"}}, pass_mark=50)
    assert difference(before, after) == Difference()


def test_the_questions_of_a_case_change_one_by_one() -> None:
    before = Case(id="c", questions=(choice("c1"), choice("c2")))
    after = Case(id="c", questions=(choice("c1"), choice("c2", right="b"), choice("c3")))
    assert difference(compiled(before), compiled(after)) == Difference(key=frozenset({"c2"}))
    texts = [{"sv": {"c.text": text}} for text in "AB"]
    found = difference(compiled(before, texts=texts[0]), compiled(before, texts=texts[1]))
    assert found == Difference(wording=frozenset({"c"}))


@given(specs())
def test_a_quiz_does_not_differ_from_itself(spec: QuizSpec) -> None:
    assert difference(Compiled(spec), Compiled(spec)) == Difference()


@given(specs(), specs())
def test_only_questions_that_both_have_are_named_and_each_once(
    old: QuizSpec, new: QuizSpec
) -> None:
    found = difference(Compiled(old), Compiled(new))
    both = {one.id for one in old.questions} & {one.id for one in new.questions}
    assert {name.rstrip("xy") for name in found.changed} <= both
    assert not found.key & found.wording


@given(specs(), specs(), st.data())
def test_where_the_key_is_the_same_every_answer_gets_the_same_points(
    old: QuizSpec, new: QuizSpec, data: st.DataObject
) -> None:
    given_answers = data.draw(answers_to(old))
    changed = {name.rstrip("xy") for name in difference(Compiled(old), Compiled(new)).key}
    for question in old.questions:
        newer = new.question(question.id)
        if newer and newer.kind == question.kind and question.id not in changed:
            assert score(old, [question], given_answers).points == (
                score(new, [newer], given_answers).points
            )


# -- what was said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "key", "settled"),
    [
        ("regrade", True, ChangeKind.REGRADE),
        ("wording", False, ChangeKind.WORDING),
        ("wording", True, ChangeKind.KEEP),
        ("", True, ChangeKind.KEEP),
        ("", False, ChangeKind.WORDING),
    ],
)
def test_what_was_not_said_or_cannot_be_true_leaves_results_alone(
    said: str, key: bool, settled: ChangeKind
) -> None:
    change = Difference(frozenset({"q1"} if key else ()), frozenset({"q2"}))
    assert kind_to_settle(said, change) is settled


# -- what it does ------------------------------------------------------------------------------

OLD = compiled(choice("q1"), choice("q2"), pass_mark=80).structure
NEW = compiled(choice("q1", right="b"), choice("q2"), pass_mark=80).structure


def after(
    given_answers: dict[str, object], *changes: Change, old: QuizSpec = OLD
) -> tuple[Score, Score]:
    before = score(old, drawn(old, "seed"), given_answers)
    outcome = regraded(old, "seed", given_answers, before, changes)
    return outcome.before, outcome.after


def change(kind: ChangeKind, new: QuizSpec = NEW, changed: str = "q1") -> Change:
    return Change(new, {changed}, kind)


def test_grading_again_gives_and_takes() -> None:
    right, wrong = {"q1": "q1-b", "q2": "q2-a"}, {"q1": "q1-a", "q2": "q2-a"}
    assert [one.passed for one in after(right, change(ChangeKind.REGRADE))] == [False, True]
    assert [one.passed for one in after(wrong, change(ChangeKind.REGRADE))] == [True, False]


def test_the_point_goes_to_everyone_also_to_who_did_not_answer() -> None:
    assert after({"q2": "q2-a"}, change(ChangeKind.POINTS))[1].points == 2
    assert after({}, change(ChangeKind.POINTS))[1].points == 1


def test_an_answer_that_does_not_fit_any_more_keeps_its_points() -> None:
    new = compiled(choice("q1", right="b", of="bc")).structure
    for answer in ("q1-a", "q1-c"):
        before, now = after({"q1": answer}, change(ChangeKind.REGRADE, new))
        assert now == before


def test_of_a_case_only_the_question_that_changed_moves() -> None:
    old = compiled(Case(id="c", questions=(choice("c1"), choice("c2")))).structure
    new = compiled(Case(id="c", questions=(choice("c1"), choice("c2", right="b")))).structure
    wrong = {"c": {"c1": "c1-b", "c2": "c2-b"}}
    for kind in (ChangeKind.POINTS, ChangeKind.REGRADE):
        assert after(wrong, change(kind, new, "c2"), old=old)[1].points == 1


def test_what_an_earlier_change_gave_is_not_taken_by_a_change_of_another_question() -> None:
    newest = compiled(choice("q1", right="b"), choice("q2", right="b")).structure
    gave = change(ChangeKind.POINTS)
    again = change(ChangeKind.REGRADE, newest, "q2")
    assert after({"q1": "q1-c", "q2": "q2-b"}, gave, again)[1].points == 2


def test_what_an_earlier_change_kept_stays_kept() -> None:
    newest = compiled(choice("q1", right="b"), choice("q2", right="b")).structure
    kept = change(ChangeKind.KEEP)
    again = change(ChangeKind.REGRADE, newest, "q2")
    assert after({"q1": "q1-a", "q2": "q2-b"}, kept, again)[1].points == 2


@given(specs(), specs(), st.data())
def test_points_stay_within_what_there_is_and_the_most_never_changes(
    old: QuizSpec, new: QuizSpec, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(old))
    changed = difference(Compiled(old), Compiled(new)).changed
    kinds = data.draw(st.lists(st.sampled_from(list(ChangeKind)), min_size=1, max_size=3))
    before, now = after(answers, *(Change(new, changed, kind) for kind in kinds), old=old)
    assert 0 <= now.points <= now.most == before.most
    assert now.passed == (now.points * 100 >= old.pass_mark * now.most)


@given(specs(), specs(), st.data())
def test_keeping_changes_nothing_and_giving_takes_from_nobody(
    old: QuizSpec, new: QuizSpec, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(old))
    changed = difference(Compiled(old), Compiled(new)).changed
    for kind in KEYLESS:
        before, now = after(answers, Change(new, changed, kind), old=old)
        assert now == before
    before, now = after(answers, Change(new, changed, ChangeKind.POINTS), old=old)
    assert now.points >= before.points


@given(specs(), st.data())
def test_nothing_moves_where_nothing_has_changed(spec: QuizSpec, data: st.DataObject) -> None:
    answers = data.draw(answers_to(spec))
    for kind in ChangeKind:
        before, now = after(answers, Change(spec, frozenset(), kind), old=spec)
        assert now == before
