from dataclasses import dataclass, field

from django.db.models import Q
from wagtail.models import Page

from courses.domain.completion import Progress
from courses.journey import Journey
from courses.models import LessonPage, Reflection
from courses.selectors.records import learned
from home.frame import Link
from home.permanent import key_range, permanent_id
from home.selectors import address, published


@dataclass(frozen=True)
class LessonView:
    """A lesson on the way through its module. `place` counts from 1 to `number`.

    `notes` are the learner's own, by id of their prompt. `next_title` is empty where the quiz or
    the module itself comes next.
    """

    place: int
    number: int
    progress: Progress
    done: bool
    module_code: str
    module_url: str
    course: Link | None
    previous: Link | None
    next_title: str
    has_quiz: bool
    notes: dict[str, str] = field(default_factory=dict)


def lesson_view(page: LessonPage, journey: Journey) -> LessonView:
    around = _around(page, journey)
    module = next((one for one in around if page.is_child_of(one)), None) or page.get_parent()
    key = str(module.translation_key)
    lessons = [one for one in around if one.is_child_of(module)]
    course = next((one for one in around if not one.path.startswith(module.path)), None)
    place = next((at for at, one in enumerate(lessons) if one.pk == page.pk), 0)
    known = learned(journey, Q(unit__key=key))
    after, before = lessons[place + 1 : place + 2], lessons[:place][-1:]
    return LessonView(
        place=place + 1,
        number=len(lessons),
        progress=known.progress(key),
        done=str(page.translation_key) in known.record(key).done,
        module_code=permanent_id(module.translation_key),
        module_url=address(module) + journey.query,
        course=_link(course, journey) if course else None,
        previous=_link(before[0], journey) if before else None,
        next_title=after[0].title if after else "",
        has_quiz=known.module_spec(key).quiz is not None,
        notes=_notes(page, journey),
    )


def _around(page: LessonPage, journey: Journey) -> list[Page]:
    """The module, its lessons, and the course that the learner is on the way through, as far as
    they are published: one query."""
    above = page.path[: -page.steplen]
    wanted = Q(path=above) | Q(path__startswith=above, depth=page.depth)
    if journey.course:
        wanted |= Q(
            translation_key__range=key_range(journey.course),
            locale_id=page.locale_id,
            coursepage__isnull=False,
        )
    return list(published(Page.objects.filter(wanted)).select_related("locale").order_by("path"))


def _notes(page: LessonPage, journey: Journey) -> dict[str, str]:
    if journey.user is None or not any(block.block_type == "reflection" for block in page.body):
        return {}
    rows = Reflection.objects.filter(user=journey.user, lesson__key=page.translation_key)
    return dict(rows.values_list("prompt", "text"))


def _link(page: Page, journey: Journey) -> Link:
    return Link(page.title, address(page) + journey.query)
