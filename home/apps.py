from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from home import receivers  # noqa: F401
        from home.pack_handlers import register_handlers

        register_handlers()
