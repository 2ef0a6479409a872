"""Pages of a long list, with numbers that are links."""

from dataclasses import dataclass
from urllib.parse import urlencode

LARGEST = 100_000


class NoSuchPage(ValueError):
    """A page number that is none; the message is a sentence for a person."""


def page_number(request):
    """The number of the page that the address asks for, from 1.

    Raises NoSuchPage for what is no number, zero, or absurdly large.
    """
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6):
        raise NoSuchPage("A page is a number, from 1.")
    number = int(asked)
    if not 1 <= number <= LARGEST:
        raise NoSuchPage("There is no such page of this list.")
    return number


@dataclass(frozen=True)
class Numbered:
    """One page of a list of `total` things, `size` on a page; `terms` are kept."""

    number: int
    total: int
    size: int
    terms: tuple[tuple[str, str], ...] = ()

    def __post_init__(self):
        if self.number > self.pages:
            raise NoSuchPage(
                f"This list has {self.pages} page{'' if self.pages == 1 else 's'}; "
                f"there is no page {self.number}."
            )

    @property
    def pages(self):
        return max(1, -(-self.total // self.size))

    @property
    def slice(self):
        """What this page takes of the list."""
        return slice((self.number - 1) * self.size, self.number * self.size)

    def address(self, number):
        """The query part of the address of one page, with its question mark."""
        terms = [*self.terms, *([("page", number)] if number > 1 else [])]
        return f"?{urlencode(terms)}"

    def links(self):
        """(number, address) for each page that is offered; (None, "") is a gap."""
        near = {1, self.pages, *range(self.number - 2, self.number + 3)}
        offered, last = [], 0
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if number > last + 1:
                offered.append((None, ""))
            offered.append((number, self.address(number)))
            last = number
        return offered

    @property
    def previous(self):
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self):
        return self.address(self.number + 1) if self.number < self.pages else ""
