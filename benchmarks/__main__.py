"""`make bench`: runs the benchmarks on a database of their own, which is thrown away."""

import os
import tempfile

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        django.setup()
        from benchmarks import pages  # noqa: PLC0415  models can be imported only now

        pages.prepare()
        pages.print_table()


if __name__ == "__main__":
    main()
