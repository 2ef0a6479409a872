"""The question: its positions, and the picture of what was said."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sources.models import Bearing, Essay, Stamp
from sources.pages import linked_data
from sources.pages.gathering import gathered
from sources.pages.path import ways_for
from sources.reading import ReadingSettings

A_YEAR = 31_536_000  # seconds


def question(request):
    """The site's first page. It shows what is published, to everyone the same."""
    gathering = gathered()
    if gathering is None:
        return render(request, "sources/question_empty.html")
    in_hebrew = ReadingSettings.from_request(request).text == "he"
    wide, narrow = gathering.drawn_in_hebrew if in_hebrew else gathering.drawn
    context = {
        "question": gathering.question,
        "gathering": gathering,
        "wide": wide,
        "narrow": narrow,
        "stamp": Stamp.objects.current(),
        "bases": Bearing.Basis.choices,
        "ways": [way for way in ways_for(None) if way.steps],
        "essays": Essay.objects.published().in_order(),
        "linked_data": [linked_data.website(gathering.question)],
    }
    return render(request, "sources/question.html", context)


def picture_stylesheet(request, stamp):
    """The rules that light a chain, for ever the same under one stamp."""
    current = Stamp.objects.current()
    if stamp != current:
        return redirect("picture_stylesheet", stamp=current)
    gathering = gathered()
    rules = gathering.picture().chain_css() if gathering else ""
    if Stamp.objects.current() != stamp:  # the library has changed meanwhile
        return redirect("picture_stylesheet", stamp=Stamp.objects.current())
    response = HttpResponse(rules, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
