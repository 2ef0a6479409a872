"""The search: a reference opens its source; any other words find what holds them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sources import errors
from sources import search as library
from sources.pages.facets import MOST, Facet, Value
from sources.pages.filters import Filters, NoSuchFilter
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.pages.place import read_place
from sources.pages.search_hits import shown
from sources.text import clean_text

ON_A_PAGE = 20
LONGEST = 300  # code points of a query that are read
ORDERS = {"fit": _("best match"), "time": _("earliest")}
FILTERS = ("era", "work", "position", "direction", "basis", "topic")
ONLY_WORDS = {"q"}  # an address that asks no more than this may open a place


class NoSuchOrder(ValueError):
    """Results have no order of that name; the message is a sentence."""


@dataclass(frozen=True)
class Asked:
    """What one address asks of the search."""

    query: str
    filters: Filters
    order: str = "fit"
    is_cut: bool = False

    @classmethod
    def from_request(cls, request):
        """What the address asks. Raises NoSuchFilter and NoSuchOrder."""
        typed = clean_text(request.GET.get("q", "")).strip()
        order = request.GET.get("order", "fit")
        if order not in ORDERS:
            raise NoSuchOrder("Results stand in one of two orders: fit or time.")
        filters = Filters.from_request(request, FILTERS)
        return cls(typed[:LONGEST].strip(), filters, order, len(typed) > LONGEST)

    def terms(self, filter_terms=None, order=None):
        """The terms of an address that asks the same, or the same but for this."""
        chosen = self.filters.terms if filter_terms is None else filter_terms
        order = order or self.order
        ordered = [("order", order)] if order != "fit" else []
        return (("q", self.query), *chosen, *ordered)

    def orders(self):
        """(words, address, whether it is this one) for each order."""
        return [
            (words, f"?{urlencode(self.terms(order=order))}", order == self.order)
            for order, words in ORDERS.items()
        ]

    def to_remove(self):
        """(Chosen, address without it) for each filter that is on."""
        return [
            (each, f"?{urlencode(self.terms(self.filters.terms_without(each.name)))}")
            for each in self.filters.chosen
        ]


def search(request):
    """Answer `?q=`: a redirect to a source, or the page of what was found."""
    try:
        asked = Asked.from_request(request)
        number = page_number(request)
        place = place_for(asked, request)
        if isinstance(place, str):
            return HttpResponseRedirect(place)
        results = found(asked, number, request.user)
        pages = Numbered(number, results.total, ON_A_PAGE, asked.terms())
    except (NoSuchFilter, NoSuchOrder, NoSuchPage) as problem:
        return errors.refuse(request, str(problem), status=404)
    context = {
        "asked": asked,
        "query": asked.query,
        "place": place,
        "results": results,
        "hits": shown(results.hits, request.user, results.wanted),
        "facets": facets_of(asked, results),
        "pages": pages,
        "nearest": nearest(asked, place, results, request.user),
    }
    return render(request, "sources/search.html", context)


def place_for(asked, request):
    """What the words alone say of a place: an address, a Place or None."""
    if not asked.query or not ONLY_WORDS.issuperset(request.GET):
        return None
    return read_place(asked.query, request.user)


def found(asked, number, user):
    """One page of the library's answer."""
    return library.find(
        asked.query,
        user,
        filters=asked.filters.values,
        order=asked.order,
        page=number,
        size=ON_A_PAGE,
    )


def nearest(asked, place, results, user):
    """What the reader may have meant, where nothing was found."""
    if not results.terms or place or results.total:
        return []
    return library.nearest(asked.query, user)


def facets_of(asked, results):
    """The facets by which the results can be narrowed further."""
    return [
        facet_of(asked, name, counted)
        for name in FILTERS
        if name not in asked.filters.values and (counted := results.facets.get(name))
    ]


def facet_of(asked, name, counted):
    """One facet: the fullest of its values as links, in the order given."""
    fullest = sorted(counted, key=lambda each: -each.count)[:MOST]
    chosen = {each.value for each in fullest}
    values = []
    for each in counted:
        if each.value in chosen:
            terms = asked.terms(asked.filters.terms_with(name, each.value))
            address = f"?{urlencode(terms)}"
            values.append(Value(str(each.label), address, each.count))
    return Facet(name, tuple(values), more=len(counted) - len(values))
