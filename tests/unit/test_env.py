"""Environment variables are read as what they should be, or refused by name."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "SNACKAN_TEST_VARIABLE"


@pytest.fixture(params=[None, "", "  "], ids=["missing", "empty", "blank"])
def unset(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param is None:
        monkeypatch.delenv(NAME, raising=False)
    else:
        monkeypatch.setenv(NAME, request.param)


@pytest.mark.usefixtures("unset")
def test_what_is_not_set_takes_its_default() -> None:
    assert env.text(NAME, "default") == "default"
    assert env.text(NAME, "") == ""
    assert env.boolean(NAME, default=True) is True
    assert env.boolean(NAME, default=False) is False
    assert env.integer(NAME, default=7) == 7
    assert env.words(NAME, ["a", "b"]) == ["a", "b"]
    assert env.words(NAME, []) == []
    assert env.choice(NAME, {"one", "two"}, default="two") == "two"


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize("read", [env.text, env.words])
def test_what_must_be_set_is_asked_for_by_name(read: Callable[[str], object]) -> None:
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read(NAME)


def test_text_is_taken_without_the_spaces_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "  two words ")
    assert env.text(NAME, "default") == "two words"


@pytest.mark.parametrize("value", ["1", "true", "True", "YES", "on", " on "])
def test_true_can_be_written_in_four_ways(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.boolean(NAME, default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "False", "NO", "off", " off "])
def test_false_can_be_written_in_four_ways(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.boolean(NAME, default=True) is False


@pytest.mark.parametrize("value", ["ja", "2", "tru", "none"])
def test_what_is_neither_true_nor_false_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{NAME}.*{value}"):
        env.boolean(NAME, default=True)


@pytest.mark.parametrize(("value", "number"), [("0", 0), (" 12 ", 12), ("31536000", 31_536_000)])
def test_whole_numbers(value: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.integer(NAME, default=7) == number


@pytest.mark.parametrize("value", ["many", "1.5", "1e3", "10 000"])
def test_what_is_no_whole_number_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{NAME}.*{value}"):
        env.integer(NAME, default=7)


@pytest.mark.parametrize(("value", "minimum"), [("-1", 0), ("4", 5)])
def test_a_number_below_its_minimum_is_refused(
    value: str, minimum: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{NAME}.*{minimum}"):
        env.integer(NAME, default=7, minimum=minimum)
    monkeypatch.setenv(NAME, str(minimum))
    assert env.integer(NAME, default=7, minimum=minimum) == minimum


@pytest.mark.parametrize("value", ["a.se,b.se", " a.se , b.se ", "a.se,,b.se,"])
def test_words_are_parted_by_commas(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.words(NAME) == ["a.se", "b.se"]


@pytest.mark.parametrize("value", [",", " , ,"])
def test_words_that_must_be_there_cannot_be_commas_alone(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.words(NAME)


def test_one_of_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "one")
    assert env.choice(NAME, {"one", "two"}, default="two") == "one"


@pytest.mark.parametrize("value", ["three", "One", "one,two"])
def test_what_is_not_among_the_choices_is_refused_with_what_is(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"{NAME}.*one, two.*{value}"):
        env.choice(NAME, {"one", "two"}, default="two")


# -- the mail server ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "server"),
    [
        ("console:", env.MailServer("console")),
        ("smtp://mail", env.MailServer("smtp", "mail", 25)),
        ("smtp://10.0.0.1:2525/", env.MailServer("smtp", "10.0.0.1", 2525)),
        (
            "smtp+tls://anna%40a.se:p%2Fw%23d@mail.a.se",
            env.MailServer("smtp", "mail.a.se", 587, "anna@a.se", "p/w#d", starttls=True),
        ),
        (
            "smtps://anna:hemligt@mail.a.se:466",
            env.MailServer("smtp", "mail.a.se", 466, "anna", "hemligt", tls=True),
        ),
    ],
)
def test_a_mail_server(value: str, server: env.MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.mail_server(NAME, default="console:") == server


@pytest.mark.usefixtures("unset")
def test_the_mail_server_of_a_machine_where_none_is_said() -> None:
    assert env.mail_server(NAME, "smtp://localhost") == env.MailServer("smtp", "localhost", 25)


@pytest.mark.parametrize(
    "value",
    [
        "mail.a.se", "mail.a.se:25", "http://mail.a.se", "smtp:", "smtp://", "smtp://:25",
        "smtp://mail.a.se:many", "smtp://mail.a.se:99999", "smtp://mail.a.se?tls=true",
        "smtp://anna:hemligt/ord@mail.a.se", "smtp://anna:hemligt#ord@mail.a.se", "smtp://[mail",
        "smtp://mail.a.se/hemligt", "smtp://mail.a.se#hemligt",
    ],
)  # fmt: skip
def test_a_mail_server_that_is_not_understood_is_refused_without_its_password(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} must be such as") as refused:
        env.mail_server(NAME, default="console:")
    assert "hemligt" not in str(refused.value)
    assert refused.value.__suppress_context__
