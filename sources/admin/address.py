"""The place that an editor means, however it is written."""

from django.core.exceptions import ValidationError

from sources import catalogue, references
from sources.references.reference import from_text


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
