"""Writes the pages of a pack: first all that are new, so that each can point at any other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from home.models import PackItem
from home.packs.build import Builder, stable_uuid
from home.packs.errors import PackError, Problem, explain
from home.packs.files import Collect, Pack, PageFile
from home.packs.refs import LookUp, PageRef, Ref, RowRef, digest, holds_page_link, resolve
from home.packs.registry import PageHandler, Values, page_handlers
from home.packs.report import Outcome, Report


@dataclass(frozen=True)
class Written:
    """What a page's file says: its digest, and the field values with refs looked up."""

    digest: str
    values: Values


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
        self._types = {(page.language, page.path): page.spec.type for page in pack.pages}

    def run(self) -> None:
        built = self._for_each(self.pack.pages, self._build)
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
        present = [page for page in self.pack.pages if self._is_on_site(page.path, page.language)]
        resolved = self._for_each(present, lambda page: self._resolve(page, built[page.key]))
        for page in present:
            values = Written(digest(built[page.key]), resolved[page.key])
            self.report.add(page.key, self._write(page, values, is_new=page.key in new))

    def _for_each(
        self, pages: list[PageFile], work: Callable[[PageFile], Values]
    ) -> dict[str, Values]:
        """What `work` gives for each page. Raises PackError with the mistakes of all of them."""
        problems: list[Problem] = []
        found = {}
        for page in pages:
            with Collect(problems):
                found[page.key] = work(page)
        if problems:
            raise PackError(problems)
        return found

    def _resolve(self, page: PageFile, values: Values) -> Values:
        problems: list[Problem] = []

        def look_up(ref: Ref) -> Any:
            with Collect(problems):
                return self._look_up(ref, page.language)
            return None

        resolved: Values = resolve(values, look_up, page.source.file)
        if problems:
            raise PackError(problems)
        return resolved

    def type_of(self, path: str, language: str) -> str | None:
        """The type that the pack gives the page; None for a page that is not in its files."""
        return self._types.get((language, path))

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
        parent = self._parent(page)
        if type(instance) not in parent.specific_class.allowed_subpage_models():
            names = instance._meta.verbose_name, parent.specific_class._meta.verbose_name
            message = "type: a {} cannot lie below a {}".format(*names)
            raise PackError([page.source.problem(message, "type")])
        with _told_at(page):
            self._place(page, parent, instance)
        self._on_site[(page.language, page.path)] = OnSite(instance.pk, None)

    def _place(self, page: PageFile, parent: Page, instance: Page) -> None:
        """Below its parent, after the page of the pack that comes before it there."""
        siblings = [
            other
            for other in self.pack.pages
            if (other.language, other.parent_path) == (page.language, page.parent_path)
            and (other is page or self._is_on_site(other.path, other.language))
        ]
        before = siblings[: siblings.index(page)]
        keys = [self.primary_key(other.path, other.language) for other in before]
        neighbour = parent.get_children().filter(pk__in=keys).last() if page.path else None
        if neighbour:
            neighbour.add_sibling("right", instance=instance)
        elif page.path and (first := parent.get_first_child()) and siblings != [page]:
            first.add_sibling("left", instance=instance)
        else:
            parent.add_child(instance=instance)

    def _parent(self, page: PageFile) -> Page:
        if page.parent_path is None:
            return Page.objects.get(depth=1)
        return Page.objects.get(pk=self.primary_key(page.parent_path, page.language))

    def _write(self, page: PageFile, written: Written, is_new: bool) -> Outcome:
        item = self.items.get(page.key)
        on_site = self._on_site[(page.language, page.path)]
        if not is_new and not (item and item.revision == on_site.revision):
            return Outcome.EDITED
        if not is_new and item and item.digest == written.digest:
            return Outcome.UNCHANGED
        instance = self._instance(page)
        with _told_at(page):
            _publish(instance, written.values)
        self._handler(page).written(instance)
        self.items[page.key], _ = PackItem.objects.update_or_create(
            pack=self.pack.spec.key,
            key=page.key,
            defaults={"digest": written.digest, "revision": instance.latest_revision_id},
        )
        return Outcome.CREATED if is_new else Outcome.UPDATED

    def _instance(self, page: PageFile) -> Page:
        """The page on the site. Raises PackError where it is of another type than in the pack."""
        instance = Page.objects.get(pk=self.primary_key(page.path, page.language)).specific
        if type(instance) is not self._handler(page).model:
            message = f"type: on the site this page is a {instance._meta.verbose_name}"
            raise PackError([page.source.problem(message, "type")])
        return instance


def _publish(instance: Page, values: Values) -> None:
    for name, value in values.items():
        setattr(instance, name, _as_field_value(instance, name, value))
    instance.full_clean()
    instance.save_revision(log_action=False).publish(log_action=False)
    instance.refresh_from_db()


# Fields that packs call something else.
_KEYS = {"search_description": "summary", "show_in_menus": "menu", "owner_agency_id": "owner"}


@contextmanager
def _told_at(page: PageFile) -> Iterator[None]:
    """Turns what the model or the database refuses into a PackError with the field's line."""
    try:
        yield
    except (ValidationError, DatabaseError) as error:
        fields = list(getattr(error, "error_dict", {}))
        keys = [_KEYS.get(name, name) for name in fields if name != "__all__"]
        raise PackError([page.source.problem(explain(error), *keys[:1])]) from error


def _as_field_value(instance: Page, name: str, value: Any) -> Any:
    """Blocks, rows of a child relation and chosen rows as the model takes them."""
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        blocks = field.stream_block.to_python([block for block in value if _leads_somewhere(block)])
        _check_blocks(blocks, name)
        return blocks
    if field.one_to_many:
        return [field.related_model(**row) for row in value if None not in row.values()]
    if field.many_to_many:
        return list(field.related_model.objects.filter(pk__in=value))
    return value


def _leads_somewhere(block: dict[str, Any]) -> bool:
    """False for a block that is all about a page that was deleted on the site."""
    value = block["value"]
    return value is not None and not (isinstance(value, dict) and value.get("page", 0) is None)


def _check_blocks(blocks: StreamValue, name: str) -> None:
    """Raises ValidationError, for the field, with what the editor would be told at the block."""
    try:
        blocks.stream_block.clean(blocks)
    except ValidationError as error:
        raise ValidationError({name: " ".join(_messages(error))}) from error


def _messages(error: ValidationError) -> list[str]:
    """All messages in the errors of blocks, which lie in each other."""
    inner = getattr(error, "block_errors", None)
    found = [] if inner else list(error.messages)
    for item in inner.values() if isinstance(inner, dict) else inner or ():
        if item is not None:
            found += _messages(item) if not isinstance(item, list) else _messages(item[0])
    return found
