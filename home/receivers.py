"""Wires what happens in Wagtail to the services that answer to it."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from home.services import prepare_renditions


@receiver(page_published)
def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    prepare_renditions(instance)
