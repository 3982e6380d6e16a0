"""Writes the pages of a pack: first all that are new, so that each can point at any other."""

from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from home.models import PackItem
from home.packs.build import Builder, stable_uuid
from home.packs.errors import PackError
from home.packs.files import Pack, PageFile
from home.packs.refs import LookUp, PageRef, RowRef, digest, holds_page_link, resolve
from home.packs.registry import PageHandler, Values, page_handlers
from home.packs.report import Outcome, Report


@dataclass(frozen=True)
class OnSite:
    """A page of the pack as it is on the site; `revision` is its latest, None if unpublished."""

    pk: int
    revision: int | None


class PageWriter:
    def __init__(
        self,
        pack: Pack,
        locales: dict[str, Locale],
        items: dict[str, PackItem],
        report: Report,
        look_up: LookUp,
    ) -> None:
        self.pack = pack
        self.locales = locales
        self.items = items
        self.report = report
        self._look_up = look_up
        self._on_site = self._existing()

    def run(self) -> None:
        built = {page.key: self._build(page) for page in self.pack.pages}
        missing = [
            page for page in self.pack.pages if not self._is_on_site(page.path, page.language)
        ]
        new = set()
        for page in missing:
            if self._stays_deleted(page):
                self.report.add(page.key, Outcome.DELETED)
            else:
                self._create(page, built[page.key])
                new.add(page.key)
        for page in self.pack.pages:
            if self._is_on_site(page.path, page.language):
                outcome = self._write(page, built[page.key], is_new=page.key in new)
                self.report.add(page.key, outcome)

    def primary_key(self, path: str, language: str) -> int | None:
        found = self._on_site.get((language, path))
        return found.pk if found else None

    def was_deleted(self, path: str, language: str) -> bool:
        """Whether the pack has written this page before and it is not on the site any more."""
        return f"{language}/{path}" in self.items and not self._is_on_site(path, language)

    # -- reading ---------------------------------------------------------------------------

    def _existing(self) -> dict[tuple[str, str], OnSite]:
        """The pack's pages that are on the site, by language and path: one query."""
        paths = {stable_uuid(self.pack.spec.key, page.path): page.path for page in self.pack.pages}
        for item in self.items:
            language, _, path = item.partition("/")
            if language in self.locales:
                paths.setdefault(stable_uuid(self.pack.spec.key, path), path)
        rows = Page.objects.filter(translation_key__in=paths).values_list(
            "locale__language_code", "translation_key", "pk", "latest_revision_id", "live"
        )
        return {
            (language, paths[key]): OnSite(pk, revision if live else None)
            for language, key, pk, revision, live in rows
        }

    def _is_on_site(self, path: str, language: str) -> bool:
        return (language, path) in self._on_site

    def _stays_deleted(self, page: PageFile) -> bool:
        """A page whose parent was deleted has no place, and stays away with it."""
        parent = page.parent_path
        orphan = parent is not None and not self._is_on_site(parent, page.language)
        return orphan or self.was_deleted(page.path, page.language)

    def _handler(self, page: PageFile) -> PageHandler:
        return page_handlers[page.spec.type]

    def _build(self, page: PageFile) -> Values:
        """All field values of a page, with refs."""
        spec = page.spec
        common = {
            "title": spec.title,
            "slug": page.slug,
            "search_description": spec.summary,
            "show_in_menus": spec.menu,
        }
        return common | self._handler(page).build(Builder(self.pack.spec.key, page), spec)

    # -- writing ---------------------------------------------------------------------------

    def _create(self, page: PageFile, values: Values) -> None:
        """An unpublished page in its place, with its plain values only."""
        instance = self._handler(page).model(
            translation_key=stable_uuid(self.pack.spec.key, page.path),
            locale=self.locales[page.language],
            live=False,
        )
        for name, value in values.items():
            if isinstance(value, RowRef):
                setattr(instance, name, self._look_up(value, page.language))
            elif not isinstance(value, PageRef | list) and not holds_page_link(value):
                setattr(instance, name, value)
        self._parent(page).add_child(instance=instance)
        self._on_site[(page.language, page.path)] = OnSite(instance.pk, None)

    def _parent(self, page: PageFile) -> Page:
        if page.parent_path is None:
            return Page.objects.get(depth=1)
        return Page.objects.get(pk=self.primary_key(page.parent_path, page.language))

    def _write(self, page: PageFile, values: Values, is_new: bool) -> Outcome:
        item = self.items.get(page.key)
        fresh = digest(values)
        # Refs are looked up even where nothing is written, so that a wrong one is always told.
        resolved = resolve(values, lambda ref: self._look_up(ref, page.language), page.source.file)
        on_site = self._on_site[(page.language, page.path)]
        if not is_new and not (item and item.revision == on_site.revision):
            return Outcome.EDITED
        if not is_new and item and item.digest == fresh:
            return Outcome.UNCHANGED
        instance = self._instance(page)
        self._publish(instance, resolved)
        self._handler(page).written(instance)
        self.items[page.key], _ = PackItem.objects.update_or_create(
            pack=self.pack.spec.key,
            key=page.key,
            defaults={"digest": fresh, "revision": instance.latest_revision_id},
        )
        return Outcome.CREATED if is_new else Outcome.UPDATED

    def _instance(self, page: PageFile) -> Page:
        """The page on the site. Raises PackError where it is of another type than in the pack."""
        instance = Page.objects.get(pk=self.primary_key(page.path, page.language)).specific
        if type(instance) is not self._handler(page).model:
            message = f"type: on the site this page is a {instance._meta.verbose_name}"
            raise PackError([page.source.problem(message, "type")])
        return instance

    def _publish(self, instance: Page, values: Values) -> None:
        for name, value in values.items():
            setattr(instance, name, _as_field_value(instance, name, value))
        instance.full_clean()
        instance.save_revision(log_action=False).publish(log_action=False)
        instance.refresh_from_db()


def _as_field_value(instance: Page, name: str, value: Any) -> Any:
    """Blocks, rows of a child relation and chosen rows as the model takes them."""
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        return field.stream_block.to_python(value)
    if field.one_to_many:
        return [field.related_model(**row) for row in value]
    if field.many_to_many:
        return list(field.related_model.objects.filter(pk__in=value))
    return value
