"""What the search box offers while a reader types, as JSON."""

from django.http import JsonResponse

from sources import search as library
from sources.pages.search_hits import KINDS
from sources.text import clean_text

LONGEST = 100  # code points that are read: a title is no longer


def search_suggest(request):
    """Answer `?q=` with a list of names and addresses: [] where nothing is near.

    Each has `text`, `text_he` (perhaps ""), `kind` in words and `url`, a path here.
    """
    typed = clean_text(request.GET.get("q", "")[:LONGEST]).strip()
    found = library.suggest(typed, request.user) if typed else []
    return JsonResponse(
        [
            {
                "text": each.text,
                "text_he": each.text_he,
                "kind": str(KINDS.get(each.kind, "")),
                "url": each.url,
            }
            for each in found
        ],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
    )
