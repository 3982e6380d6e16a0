from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from courses import receivers  # noqa: F401
        from courses.demo import make_demo_learning
        from courses.listings import register_listings
        from courses.pack_handlers import register_handlers
        from home.demo import register_demo

        register_demo(make_demo_learning)
        register_listings()
        register_handlers()
