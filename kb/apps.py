from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    name = "kb"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        from kb.listings import register_listings
        from kb.pack_handlers import register_handlers

        register_listings()
        register_handlers()
