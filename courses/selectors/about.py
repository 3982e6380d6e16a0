"""Modules and courses that belong to other pages."""

from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from courses.domain.spec import ModuleSpec
from courses.listings import with_length
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from courses.versions import module_specs
from home.selectors import published


def modules_about(page: Page) -> QuerySet[ModulePage]:
    """Published modules whose lessons lead to the page: one query."""
    links = ReferenceIndex.objects.filter(
        to_object_id=str(page.pk),
        base_content_type__app_label="wagtailcore",
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    lessons = published(LessonPage.objects.filter(Exists(links), path__startswith=OuterRef("path")))
    modules = published(ModulePage.objects.filter(locale_id=page.locale_id))
    return modules.filter(Exists(lessons)).order_by("path")


def modules_in_area(page: Page, key: str) -> QuerySet[ModulePage]:
    """Published modules of a focus area, in the language of the page: one query."""
    modules = published(ModulePage.objects.filter(locale_id=page.locale_id, focus_areas__key=key))
    return with_length(modules.distinct()).order_by("path")


@dataclass(frozen=True)
class CourseCard:
    page: CoursePage
    modules: int
    minutes: int


def courses_in(index: CourseIndexPage) -> list[CourseCard]:
    """The courses of a list with their length: three queries."""
    courses = list(published(CoursePage.objects.child_of(index)).order_by("path"))
    chosen = {block["value"] for course in courses for block in course.modules.raw_data}
    modules = published(Page.objects.filter(pk__in=chosen))
    keys = {pk: str(key) for pk, key in modules.values_list("pk", "translation_key")}
    specs = module_specs(keys.values(), index.locale.language_code)

    def card(course: CoursePage) -> CourseCard:
        own = [keys[block["value"]] for block in course.modules.raw_data if block["value"] in keys]
        found = [specs.get(key, ModuleSpec(lessons=())) for key in own]
        return CourseCard(course, len(own), sum(spec.minutes for spec in found))

    return [card(course) for course in courses]
