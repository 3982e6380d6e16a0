"""The blocks of lessons as packs write them: ::: reflection, ::: check and ::: case."""

import re

from home.packs.markdown import Block, Markdown, Segment

_KEY = re.compile(r"[a-z0-9-]+")
_OPTION = re.compile(r"- \[([ x])\] (.+?) => (.+)")
_QUESTION = re.compile(r"\? (.+?) => (.+)")


def _key(markdown: Markdown, segment: Segment) -> str:
    key = markdown.title(segment)
    if not _KEY.fullmatch(key):
        markdown.fail(segment.line - 1, f"::: {segment.kind} must be followed by a key of a–z, 0–9")
    return key


def reflection(markdown: Markdown, segment: Segment) -> Block:
    key, prompt = _key(markdown, segment), segment.text.strip()
    if not prompt:
        markdown.fail(segment.line - 1, "::: reflection must hold a question")
    return {"type": "reflection", "value": {"prompt": prompt}, "place": f"reflection/{key}"}


def check(markdown: Markdown, segment: Segment) -> Block:
    key = _key(markdown, segment)
    question, options = list[str](), []
    for number, row in enumerate(segment.text.split("\n"), segment.line):
        if row.startswith("- ["):
            found = _OPTION.fullmatch(row.strip())
            if not found:
                markdown.fail(number, "an answer is written: - [x] text => feedback, or - [ ] …")
            right, text, feedback = found.groups()
            options.append({"text": text, "right": right == "x", "feedback": feedback})
        elif row.strip() and options:
            markdown.fail(number, "nothing can follow the answers of ::: check")
        else:
            question.append(row.strip())
    text = " ".join(question).strip()
    if not text or len(options) < 2:
        markdown.fail(segment.line - 1, "::: check must hold a question and at least two answers")
    value = {"question": text, "options": options}
    return {"type": "check", "value": value, "place": f"check/{key}"}


def case(markdown: Markdown, segment: Segment) -> Block:
    title = markdown.title(segment)
    text, questions = list[str](), []
    for number, row in enumerate(segment.text.split("\n"), segment.line):
        if row.startswith("? "):
            found = _QUESTION.fullmatch(row.strip())
            if not found:
                markdown.fail(number, "a question is written: ? question => what to weigh")
            questions.append({"question": found[1], "comment": found[2]})
        elif row.strip() and questions:
            markdown.fail(number, "nothing can follow the questions of ::: case")
        else:
            text.append(row)
    if not questions or not any(row.strip() for row in text):
        markdown.fail(segment.line - 1, "::: case must hold a situation and at least one question")
    situation = markdown.rich_text("\n".join(text), segment.line)
    value = {"title": title, "text": situation, "questions": questions}
    return {"type": "case", "value": value}


MAKERS = {"reflection": reflection, "check": check, "case": case}
