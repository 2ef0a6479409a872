"""All the works that can be cited, and the exact reading of a citation."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cached_property

from . import running
from .choices import Ambiguous, Choice
from .citations import Found
from .folding import key, key_of_title, normalised, quoted
from .names import Names
from .portions import opens_with_name
from .problems import NotAReference, OutOfBounds, ReferenceProblem
from .reading import divisions, lines
from .reference import Reference, from_text
from .titles import Index, Titles, own_titles
from .work import Work

LONGEST_CITATION = 300
_LONGEST_GUESS = 60


class Catalogue:
    """Works by slug, with every title folded once; it does not change."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works: dict[str, Work] = {work.slug: work for work in works}
        self._titles = Titles(self.works)
        self._own = {
            key_of_title(title): work
            for work in reversed(self.works.values())
            for title in own_titles(work)
        }
        self._with_portions = [
            work
            for work in self.works.values()
            if work.bounds.get("parshiyos") and not work.explains
        ]

    def read(self, text: str) -> Reference:
        """The one reference that the whole text writes, by any title.

        Raises NotAReference, OutOfBounds where the work has no such place, or
        Ambiguous where several works fit: each with a reason to show.
        """
        if len(text) > LONGEST_CITATION:
            raise NotAReference("A reference is not so long.")
        line = normalised(text).strip(" ,;")
        if not line:
            raise NotAReference("Write a title and a place, as in Megillah 17b.")
        attempt = _Attempt()
        titles = self._titles
        for meant in lines(line, titles.commentators):
            if attempt.divide(meant, (titles.exact, titles.lettered)):
                return attempt.decided(text)
        loose = (titles.loose, titles.lettered)
        if attempt.problem is None and attempt.divide(line, loose):
            return attempt.decided(text)
        if opens_with_name(line) and attempt.fit(self._with_portions, line):
            return attempt.decided(text)
        raise attempt.problem or NotAReference(
            f"{quoted(text)} has no title of a work that is known here."
        )

    def find(self, text: str, after: Reference | None = None) -> Found:
        """Every citation in running text, in order, and what only looks like one.

        `after` is what is cited last before the text: "ibid." may mean it. Raises
        nothing for any text, and takes time in proportion to its length.
        """
        return running.find(self._names, text, after)

    @cached_property
    def _names(self) -> Names:
        return Names(self.works)

    def suggest(self, text: str, limit: int = 3) -> list[Work]:
        """Works whose titles are written much as the text is, nearest first."""
        name = "".join(c for c in key(text[:_LONGEST_GUESS]) if not c.isdecimal())
        near = difflib.get_close_matches(name, self._own, n=limit * 4, cutoff=0.6)
        found = {self._own[title].slug: self._own[title] for title in near}
        return list(found.values())[:limit]


class _Attempt:
    """What was found while one citation was read, and the first thing wrong."""

    def __init__(self) -> None:
        self.found: list[Reference] = []
        self.problem: ReferenceProblem | None = None

    def divide(self, line: str, index: tuple[Index, set[str]]) -> bool:
        """Try every division of a line; true at the first that fits a work."""
        return any(self.fit(works, rest) for works, rest in divisions(line, *index))

    def fit(self, works: Iterable[Work], address: str) -> bool:
        """Keep the works that have this address; true if there is any."""
        for work in works:
            try:
                self.found.append(from_text(work, address))
            except ReferenceProblem as problem:
                is_nearer = isinstance(problem, OutOfBounds)
                if self.problem is None or (
                    is_nearer and not isinstance(self.problem, OutOfBounds)
                ):
                    self.problem = problem
        return bool(self.found)

    def decided(self, text: str) -> Reference:
        """The only reference found; raises Ambiguous for several."""
        if len(self.found) == 1:
            return self.found[0]
        choices = tuple(
            Choice(found, f"{quoted(text)} may be short for {found.work.title}.")
            for found in self.found
        )
        names = ", ".join(found.english for found in self.found)
        raise Ambiguous(f"This may mean more than one place: {names}.", choices)
