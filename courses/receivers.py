"""Wires what happens to pages to the services that answer to it."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from agencies.models import User
from courses.editing import refusals
from courses.forms import register_check
from courses.keeping import keep_remembered
from courses.models import LessonPage, ModulePage
from courses.pending import carry_out
from courses.services.publishing import publish, refuse_unfinished, withdraw

register_check(refusals)


@receiver(pre_save, sender=ModulePage)
def on_module_saved(
    sender: type[ModulePage], instance: ModulePage, update_fields: Any = None, **kwargs: Any
) -> None:
    """Every way to publish a page ends in saving it as live; drafts are saved as revisions."""
    if instance.live and not kwargs.get("raw") and (not update_fields or "quiz" in update_fields):
        refuse_unfinished(instance)


@receiver(page_published)
def on_page_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    publish(instance, timezone.now(), user=getattr(kwargs.get("revision"), "user", None))


@receiver(page_unpublished)
def on_page_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    withdraw(instance, timezone.now())


@receiver(post_delete, sender=LessonPage)
@receiver(post_delete, sender=ModulePage)
def on_page_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    withdraw(instance, timezone.now())


@receiver(user_logged_in)
def on_signed_in(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """What waited in the session: a guest's progress, and forms that came too late."""
    keep_remembered(request, user)
    carry_out(request, user)
