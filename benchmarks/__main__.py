"""`make bench` and its parts; each on an installation of its own, which is thrown away."""

from argparse import ArgumentParser, Namespace
from dataclasses import fields

from benchmarks.databases import DEVELOPMENT, PRODUCTION, postgresql_url, run_apart
from benchmarks.size import Size

# What `make bench` measures learning on, so that nobody waits long.
SMALL = Size(agencies=50, learners=1_000, completions=16_000)


def main() -> None:
    arguments = _parser().parse_args()
    urls = ["", *filter(None, [postgresql_url()])]
    if arguments.part in (None, "pages"):
        run_apart("pages", DEVELOPMENT, "")
    if arguments.part in (None, "learning"):
        for url in urls:
            run_apart("learning", PRODUCTION, url, _size(arguments), arguments.content)
    if arguments.part == "load":
        for url in urls:
            run_apart(
                "load", PRODUCTION, url, arguments.learners, arguments.seconds, arguments.content
            )


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.set_defaults(content="")
    parts = parser.add_subparsers(dest="part")
    parts.add_parser("pages", help="each kind of page, on SQLite")
    learning = parts.add_parser("learning", help="saving, pages, reports, grading again")
    for field in fields(Size):
        learning.add_argument(f"--{field.name}", type=int, default=field.default)
    load = parts.add_parser("load", help="many learners at once against gunicorn")
    load.add_argument("--learners", type=int, default=50)
    load.add_argument("--seconds", type=int, default=60)
    for part in (learning, load):
        part.add_argument("--content", default="", help="a pack; the starter content without it")
    return parser


def _size(arguments: Namespace) -> Size:
    if arguments.part is None:
        return SMALL
    return Size(**{field.name: getattr(arguments, field.name) for field in fields(Size)})


if __name__ == "__main__":
    main()
