from django.urls import path
from django.utils.translation import pgettext_lazy

from search import views

urlpatterns = [path(pgettext_lazy("URL", "search/"), views.search, name="search")]
