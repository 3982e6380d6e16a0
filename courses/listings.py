"""The library of modules as a list with filters."""

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from courses.models import LessonPage, ModuleIndexPage, ModulePage
from home.filters import KnowledgeFilter
from home.listings import Listing, register_listing
from home.selectors import published


def with_length(modules: QuerySet[ModulePage]) -> QuerySet[ModulePage]:
    """Adds the number of published lessons and the minutes that they take together."""
    lessons = published(LessonPage.objects.filter(path__startswith=OuterRef("path"))).order_by()
    together = lessons.values("live")
    return modules.annotate(
        lesson_number=Coalesce(
            Subquery(together.annotate(number=Count("pk")).values("number")), Value(0)
        ),
        lesson_minutes=Coalesce(
            Subquery(together.annotate(sum=Sum("minutes")).values("sum")), Value(0)
        ),
    )


class ModuleListing(Listing):
    card = "components/card_module.html"
    filterset = KnowledgeFilter
    values = {"area": F("focus_areas__key")}

    def pages(self, locale_id: int) -> QuerySet:
        return with_length(published(ModulePage.objects.filter(locale_id=locale_id))).order_by(
            "path"
        )


def register_listings() -> None:
    register_listing(ModuleIndexPage, ModuleListing())
