"""Quizzes whose questions are called alike, so that two of them can be versions of one."""

from typing import Any

from hypothesis import strategies as st

from courses.domain.spec import Case, Choice, Compiled, Match, Option, Order, QuizSpec, Scale


def choice(key: str, right: str = "a", of: str = "abc", kind: Any = "one") -> Choice:
    options = tuple(Option(id=f"{key}-{letter}", right=letter in right) for letter in of)
    return Choice(kind=kind, id=key, options=options)


def match(key: str, of: str = "abc") -> Match:
    return Match(id=key, pairs=tuple(f"{key}-{letter}" for letter in of))


def order(key: str, of: str = "abc") -> Order:
    return Order(id=key, items=tuple(f"{key}-{letter}" for letter in of))


@st.composite
def questions(draw: Any, key: str) -> Any:
    match draw(st.sampled_from(["one", "several", "match", "order", "case", "scale"])):
        case "one":
            return choice(key, draw(st.sampled_from("abc")))
        case "several":
            right = draw(st.sets(st.sampled_from("abc"), min_size=1))
            return choice(key, "".join(right), kind="several")
        case "match":
            return Match(id=key, pairs=(f"{key}-a", f"{key}-b"))
        case "order":
            return order(key, "".join(draw(st.permutations("abc"))))
        case "case":
            rights = draw(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")))
            parts = (choice(f"{key}x", rights[0]), choice(f"{key}y", rights[1]))
            return Case(id=key, questions=parts)
        case _:
            return Scale(id=key)


@st.composite
def specs(draw: Any, keys: str = "12345") -> QuizSpec:
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    found = tuple(draw(questions(f"q{key}")) for key in chosen)
    count = draw(st.none() | st.integers(1, len(found)))
    return QuizSpec(questions=found, draw=count, pass_mark=draw(st.integers(1, 100)))


def compiled(*found: Any, texts: Any = None, **rest: Any) -> Compiled[QuizSpec]:
    return Compiled(QuizSpec(questions=found, **rest), texts or {})
