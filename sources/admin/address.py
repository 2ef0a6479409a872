"""The place that an editor means, however it is written."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources import catalogue, places, references
from sources.models import Source
from sources.references.reference import WHOLE, from_text

LONGEST = 300  # code points that are read as one reference
MOST = 8  # sources that are named, and choices that are offered
_OURS = re.compile("/(sources|works)/([^/]+)(?:/([^/]+))?/?$")
_LINE_OF_DAF = re.compile(r"(?<=[0-9][ab])[.:][0-9]+(?:-[0-9]+)?\Z")
_TITLE = re.compile(r"[^\d:]*[^\W\d]")


@dataclass(frozen=True)
class Understood:
    """What words are read as: a place, or choices, or a problem in a sentence.

    `title` is what may be the title of a work that is not in the library yet.
    """

    written: str
    reference: references.Reference | None = None
    choices: tuple[references.Choice, ...] = ()
    problem: str = ""
    title: str = ""

    @cached_property
    def near(self):
        """Works whose titles are written much as these words are."""
        return catalogue.current().suggest(self.title) if self.title else []

    def chosen(self, value):
        """The same, decided by "work/address" of one of its choices."""
        for choice in self.choices:
            if key_of(choice.reference) == value:
                return Understood(self.written, choice.reference, self.choices)
        return self


def key_of(reference):
    """A reference as the value of a choice: "work/address"."""
    return f"{reference.work.slug}/{reference.address}"


def understand(written):
    """What a person may have meant: a title and a place, or an address on the web."""
    written = written.strip()
    if len(written) > LONGEST:
        problem = _("A reference is not so long: %(most)s letters are the most.")
        return Understood(written[:LONGEST], problem=problem % {"most": LONGEST})
    if "/" in written:
        found = _from_url(written)
        if found:
            return found
    return _from_words(written)


def _from_words(written):
    known = catalogue.current()
    try:
        return Understood(written, known.read(written))
    except references.Ambiguous as problem:
        return Understood(written, None, problem.choices, problem.reason)
    except references.OutOfBounds as problem:
        return Understood(written, problem=problem.reason)
    except references.ReferenceProblem as problem:
        reason = problem.reason
    found = known.find(written)
    whole = [each for each in found.citations if each.text == written]
    if whole and whole[0].reference:
        return Understood(written, whole[0].reference)
    if whole:
        said = _("This may mean more than one place. Choose the one that you mean.")
        return Understood(written, None, whole[0].choices[:MOST], said)
    if found.citations:
        return Understood(written, problem=reason)
    if found.rejected:
        return Understood(written, problem=found.rejected[0].why)
    title = _TITLE.match(written)
    has_letters = any(letter.isalpha() for letter in written)
    named = title[0] if title else written if has_letters else ""
    return Understood(written, problem=reason, title=named)


def _from_url(written):
    """The place that an address on the web names: ours, or another library's."""
    path = _path_of(written)
    ours = _OURS.search(path)
    known = catalogue.current()
    if ours and ours[2] in known.works:
        work, place = known.works[ours[2]], ours[3] or WHOLE
        source = Source.objects.filter(work__slug=work.slug, place_in_url=place).first()
        place = source.address if source else place
        try:
            return Understood(written, references.from_address(work, place))
        except references.ReferenceProblem as problem:
            return Understood(written, problem=problem.reason)
    last = path.rstrip("/").rpartition("/")[2]
    last = _LINE_OF_DAF.sub("", last.replace("_", " "))
    words = re.sub(r"(?<=\w)\.(?=\d)", " ", last, count=1)
    found = _from_words(words.replace(".", ":"))
    return found if found.reference or found.choices else None


def _path_of(written):
    """The path of an address on the web; "" where it cannot be read."""
    try:
        return unquote(urlsplit(written).path)
    except ValueError:
        return ""


def read(work, written):
    """The Reference in this work that `written` names.

    It may be an address as it stands in a URL ("36.8-12"), an address as people write
    it ("36:8-12", "יז ע״ב"), or the whole reference with a title. Raises
    ValidationError, with the reason, where the work has no such place.
    """
    problems = []
    for reading in (_address, _place, _whole_reference):
        try:
            return reading(work, written)
        except references.OutOfBounds as problem:
            raise ValidationError(problem.reason) from problem
        except references.ReferenceProblem as problem:
            problems.append(problem.reason)
    raise ValidationError(problems[0])


def _address(work, written):
    return references.from_address(catalogue.as_reference_work(work), written)


def _place(work, written):
    return from_text(catalogue.as_reference_work(work), written)


def _whole_reference(work, written):
    reference = catalogue.current().read(written)
    if reference.work.slug != work.slug:
        reason = f"{reference} stands in another work than {work}."
        raise references.NotAReference(reason)
    return reference


def cited(written, user):
    """The one source of the library that `written` names, as this user may see it.

    Raises ValidationError that says what to do where there is none, or several.
    """
    named = Source.objects.visible_to(user).filter(reference_en=written).order_by("pk")
    named = list(named[:MOST]) or _at_our_address(written, user)
    if len(named) == 1:
        return named[0]
    if named:
        raise ValidationError(_several(written, named))
    understood = understand(written)
    if understood.choices:
        meant = [choice.reference.english for choice in understood.choices]
        said = _("“%(words)s” may mean: %(choices)s. Write the one that you mean.")
        words = {"words": written, "choices": "; ".join(meant)}
        raise ValidationError(said % words)
    if understood.reference is None:
        raise ValidationError(understood.problem)
    return _at_place(understood.reference, user)


def _at_our_address(written, user):
    """The source whose page has this address, "/sources/sanhedrin/98a-fish/"."""
    ours = _OURS.search(_path_of(written)) if "/" in written else None
    if not ours or not ours[3]:
        return []
    here = {"work__slug": ours[2], "place_in_url": ours[3]}
    return list(Source.objects.visible_to(user).filter(**here))


def _at_place(reference, user):
    here = places.at(reference, user)
    if len(here) == 1:
        return here[0]
    if here:
        raise ValidationError(_several(reference.english, here))
    near = places.around(reference, user) if reference.spans else []
    said = _("%(reference)s is not in the library yet. Add it as a source first.")
    if near:
        said = _(
            "%(reference)s is not in the library yet; these overlap with it: %(near)s."
        )
    names = "; ".join(source.reference_en for source in near[:MOST])
    raise ValidationError(said % {"reference": reference.english, "near": names})


def _several(words, sources):
    names = "; ".join(f"“{source.reference_en}”" for source in sources[:MOST])
    said = _("Several sources stand at %(words)s. Write one of these: %(names)s.")
    return said % {"words": words, "names": names}
