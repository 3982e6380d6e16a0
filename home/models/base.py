from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from agencies.models import Agency
from home.permanent import permanent_id


class ContentPageForm(WagtailAdminPageForm):
    """Asks for the summary, which Wagtail itself lets be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "search_description" in self.fields:
            self.fields["search_description"].required = True


class ContentPage(Page):
    """What every page of the site has: a summary and a permanent id.

    The summary is Wagtail's `search_description`: it lies in the table of all pages, so lists of
    mixed kinds need no second query.
    """

    base_form_class = ContentPageForm
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel(
            "search_description",
            heading=_("Summary"),
            help_text=_("One or two sentences: shown in lists, in search and to search engines."),
        ),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")],
            heading=_("Address and menu"),
        )
    ]
    search_fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        index.SearchField("search_description", boost=2),
        index.AutocompleteField("search_description"),
    ]

    # Set by home.routing for the page that a request is for.
    known_as_open = False

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Wagtail's own rule in one query instead of two; in none where routing has asked."""
        if self.known_as_open:
            return PageViewRestriction.objects.none()
        if self.alias_of_id:
            return super().get_view_restrictions()
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    @property
    def summary(self) -> str:
        return self.search_description

    @property
    def permanent_id(self) -> str:
        return permanent_id(self.translation_key)


class ReviewedMixin(models.Model):
    """When somebody last checked the whole page, and when it is due again.

    Set by the person who checked, never by saving.
    """

    last_reviewed = models.DateField(_("last reviewed"), null=True, blank=True)
    next_review_due = models.DateField(_("next review due"), null=True, blank=True)

    review_panels: ClassVar[list[Panel]] = [
        FieldPanel("last_reviewed"),
        FieldPanel("next_review_due"),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(next_review_due__gte=models.F("last_reviewed")),
                name="%(class)s_review_due_after_reviewed",
                violation_error_message=_("The next review cannot be due before the last one."),
            )
        ]


class OwnedMixin(models.Model):
    """The agency that answers for the page, named to the reader."""

    owner_agency = models.ForeignKey(
        Agency, verbose_name=_("responsible agency"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip

    class Meta:
        abstract = True
