"""Addresses of learning, below the language; `certificate_urls` are below none."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from courses.views import courses, lessons, mine, public, quiz

certificate_urls = [
    path("intyg/<slug:code>", public.certificate_check, name="certificate_check"),
]

urlpatterns = [
    path(pgettext_lazy("URL", "my-courses/"), mine.my_courses, name="my_courses"),
    path(pgettext_lazy("URL", "my-courses/notes/"), mine.notes, name="my_notes"),
    path(
        pgettext_lazy("URL", "my-courses/certificate/<slug:code>.pdf"),
        mine.certificate_file,
        name="certificate_file",
    ),
    path(
        pgettext_lazy("URL", "my-courses/certificate/<slug:code>/"),
        mine.certificate_page,
        name="certificate_page",
    ),
    path(pgettext_lazy("URL", "learn/keep/"), courses.keep, name="keep_progress"),
    path(
        pgettext_lazy("URL", "learn/course/<str:code>/start/"), courses.start, name="course_start"
    ),
    path(
        pgettext_lazy("URL", "learn/course/<str:code>/completed/"),
        mine.completed,
        name="course_completed",
    ),
    path(pgettext_lazy("URL", "learn/newest/<str:code>/"), courses.newest, name="newest_version"),
    path(
        pgettext_lazy("URL", "learn/lesson/<str:code>/done/"),
        lessons.lesson_done,
        name="lesson_done",
    ),
    path(pgettext_lazy("URL", "learn/lesson/<str:code>/note/"), lessons.note, name="lesson_note"),
    path(pgettext_lazy("URL", "learn/module/<str:code>/quiz/"), quiz.quiz, name="quiz"),
    path(pgettext_lazy("URL", "learn/module/<str:code>/all/"), public.whole, name="whole_module"),
]
