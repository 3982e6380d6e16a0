from home.models.base import ContentPage, OwnedMixin, ReviewedMixin
from home.models.focus import FocusArea, FocusAreaForm, Pattern, Tone
from home.models.indexes import IndexPage, ListingPage
from home.models.knowledge import KnowledgePage
from home.models.pack import PackItem
from home.models.pages import AccessibilityStatementPage, HomePage, StandardPage
from home.models.settings import SiteSettings

__all__ = [
    "AccessibilityStatementPage",
    "ContentPage",
    "FocusArea",
    "FocusAreaForm",
    "HomePage",
    "IndexPage",
    "KnowledgePage",
    "ListingPage",
    "OwnedMixin",
    "PackItem",
    "Pattern",
    "ReviewedMixin",
    "SiteSettings",
    "StandardPage",
    "Tone",
]
