"""Loads a pack: everything in one transaction, or nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from home.models import PackItem
from home.packs.errors import PackError
from home.packs.files import Pack, read_pack
from home.packs.pages import PageWriter
from home.packs.refs import PageRef, Ref
from home.packs.registers import load_register
from home.packs.registry import page_handlers, register_handlers, row_finders
from home.packs.report import Outcome, Report
from home.packs.source import Source


def load_pack(folder: Path, dry_run: bool = False) -> Report:
    """Raises PackError, and then nothing is changed. A dry run does it all and takes it back."""
    pack = read_pack(folder, {name: handler.spec for name, handler in page_handlers.items()})
    _refuse_unknown(pack)
    with transaction.atomic():
        report = Load(pack).run()
        if dry_run:
            transaction.set_rollback(True)
    return report


def _refuse_unknown(pack: Pack) -> None:
    """Languages that the site is not set up for, and files that no app has registered."""
    spoken = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    for language in pack.spec.languages:
        if language not in spoken:
            message = f"languages: the site is set up for {', '.join(spoken)}, not for {language}"
            raise PackError([pack.source.problem(message, "languages")])
    unknown = sorted(set(pack.sources) - set(register_handlers))
    if unknown:
        known = ", ".join(sorted(register_handlers))
        raise PackError(
            [
                pack.sources[file].problem(f"not a file of a pack; those are {known}")
                for file in unknown
            ]
        )


class Load:
    """One load of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.report = Report()
        self.locales = {
            code: Locale.objects.get_or_create(language_code=code)[0]
            for code in pack.spec.languages
        }
        self.items = {item.key: item for item in PackItem.objects.filter(pack=pack.spec.key)}
        self.pages = PageWriter(pack, self.locales, self.items, self.report, self.look_up)

    def run(self) -> Report:
        self._load_registers(after_pages=False)
        self.pages.run()
        self._load_registers(after_pages=True)
        for key in sorted(set(self.items) - set(self.report.outcomes)):
            self.report.add(key, Outcome.GONE)
        return self.report

    def look_up(self, ref: Ref, language: str) -> Any:
        """The primary key of what a ref names; None for a page that was deleted on the site.

        Raises PackError where there is no such thing.
        """
        if isinstance(ref, PageRef):
            return self._page_key(ref, language)
        row = row_finders[ref.kind](ref.key, self.locales[language])
        if row is None:
            raise _nowhere(ref, f"there is no {ref.kind.replace('_', ' ')} {ref.key!r}")
        return row.pk

    def _page_key(self, ref: PageRef, language: str) -> int | None:
        actual = self.pages.type_of(ref.path, language)
        if ref.type_name and actual and actual != ref.type_name:
            raise _nowhere(ref, f"{ref.path!r} must be a {ref.type_name}, and is a {actual}")
        found = self.pages.primary_key(ref.path, language)
        if found is None and not self.pages.was_deleted(ref.path, language):
            raise _nowhere(ref, f"there is no page {ref.path!r} in {language}")
        return found

    def _load_registers(self, after_pages: bool) -> None:
        for file, handlers in register_handlers.items():
            source: Source | None = self.pack.sources.get(file)
            for handler in handlers:
                if source and handler.after_pages is after_pages:
                    load_register(
                        handler, source, self.pack.spec, self.items, self.report, self.look_up
                    )


def _nowhere(ref: Ref, message: str) -> PackError:
    return PackError([replace(ref.at, message=message)])
