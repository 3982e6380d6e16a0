from home.models.base import ContentPage, OwnedMixin, ReviewedMixin
from home.models.focus import FocusArea, FocusAreaForm, Pattern, Tone
from home.models.pack import PackItem
from home.models.pages import AccessibilityStatementPage, HomePage, StandardPage
from home.models.settings import SiteSettings

__all__ = [
    "AccessibilityStatementPage",
    "ContentPage",
    "FocusArea",
    "FocusAreaForm",
    "HomePage",
    "OwnedMixin",
    "PackItem",
    "Pattern",
    "ReviewedMixin",
    "SiteSettings",
    "StandardPage",
    "Tone",
]
