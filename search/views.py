from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale

from search.query import find


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    hits = find(query, Locale.get_active().pk)
    return render(request, "pages/search.html", {"query": query, "hits": hits, "searching": True})
