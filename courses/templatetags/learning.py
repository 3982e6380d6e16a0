"""What the templates ask of learning; each tag calls one selector."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from courses import presenting
from courses.compiling.quiz import graded_in
from courses.journey import Journey, journey_of
from courses.selectors.about import courses_in, modules_about, modules_in_area
from courses.selectors.course import CourseView, course_view
from courses.selectors.lesson import LessonView, lesson_view
from courses.selectors.module import ModuleView, module_view
from home import spiral
from home.permanent import permanent_id

register = template.Library()

register.filter("is_true", presenting.is_true)
register.simple_tag(spiral.mark_path, name="spiral_path")
register.simple_tag(modules_about, name="modules_about")
register.simple_tag(modules_in_area, name="modules_in_area")
register.simple_tag(courses_in, name="courses_in")


@register.simple_tag(takes_context=True)
def journey(context: Context) -> Journey:
    return journey_of(context["request"])


@register.simple_tag
def learn_course(page: Any, journey: Journey) -> CourseView:
    return course_view(page, journey)


@register.simple_tag
def learn_module(page: Any, journey: Journey) -> ModuleView:
    return module_view(page, journey)


@register.simple_tag
def learn_lesson(page: Any, journey: Journey) -> LessonView:
    return lesson_view(page, journey)


@register.filter
def code_of(page: Any) -> str:
    return permanent_id(page.translation_key)


@register.filter
def item(values: Any, key: Any) -> Any:
    """`values[key]`, or nothing."""
    return values.get(str(key), "") if values else ""


@register.filter
def module_minutes(module: Any) -> int:
    """Of a module of `with_length`, its quiz included, as the module's own page says."""
    minutes: int = module.lesson_minutes + graded_in(module)
    return minutes


@register.filter
def duration(minutes: int) -> str:
    """Minutes in words: 25 min, 1 h, 2 h 10 min."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def minus_hundred(percent: int) -> int:
    """Where the dash of a spiral begins, so that it fills from its end inside."""
    return percent - 100
