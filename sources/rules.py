"""What the database cannot refuse, and the gate does, on every way in."""

from functools import singledispatch

from django.core.exceptions import ValidationError

from sources import references
from sources.catalogue import as_reference_work
from sources.models import Citation, Path, Position, Source, State, Topic, Work
from sources.references.bounds import problem_of
from sources.text import find_words

COMMENTARY = (Citation.Relation.COMMENTS_ON, Citation.Relation.EXPLAINS)


@singledispatch
def check(record):
    """Raise ValidationError, naming the field, where a record breaks a rule."""


def reference_of(source):
    """The source's reference. Raises ValidationError where there is no such place."""
    try:
        return references.from_address(as_reference_work(source.work), source.address)
    except references.ReferenceProblem as problem:
        raise ValidationError({"address": problem.reason}) from problem


@check.register
def _(source: Source):
    reference_of(source)
    check_lines(source)
    check_bearings(source)
    check_commentary(source)


def check_lines(source):
    """A translation has as many lines as the original, unless an editor says so."""
    texts = list(source.texts.all())
    original = next((text for text in texts if text.role == "original"), None)
    for text in texts:
        if original is None or text.role == "original" or text.lines_differ:
            continue
        ours, theirs = len(original.lines()), len(text.lines())
        if ours != theirs:
            raise ValidationError(
                f"The original has {ours} lines and the {text.get_language_display()} "
                f"translation {theirs}. Make them agree, or tick “its lines need not "
                "follow the original's”."
            )


def check_bearings(source):
    """Each bearing answers one question, on words that stand in a text."""
    texts = [text.words for text in source.texts.all()]
    stands = source.bearings.exclude(state=State.WITHDRAWN)
    for bearing in stands.select_related("position"):
        position = bearing.position
        if position and position.question_id != bearing.question_id:
            raise ValidationError(
                f"The position “{position}” answers another question than the "
                "bearing's."
            )
        if bearing.words and not any(find_words(text, bearing.words) for text in texts):
            raise ValidationError(
                f"These words do not stand in the source's text: “{bearing.words}”. "
                "Copy them from the text, or leave them empty."
            )


def check_commentary(source):
    """No source comments, over any number of steps, on itself."""
    links = Citation.objects.filter(relation__in=COMMENTARY)
    seen, ahead = set(), {source.pk}
    while ahead:
        seen |= ahead
        ahead = set(links.filter(citing__in=ahead).values_list("cited", flat=True))
        if source.pk in ahead:
            raise ValidationError(
                f"{source} would comment, by way of what it comments on, on itself."
            )
        ahead -= seen


@check.register
def _(work: Work):
    if problem := problem_of(work.bounds):
        raise ValidationError({"bounds": problem})
    _refuse_circle(work, "explains", "A work cannot explain, by any way, itself.")
    for source in work.sources.all():
        source.work = work
        try:
            reference_of(source)
        except ValidationError as error:
            reason = error.messages[0]
            raise ValidationError(
                {"bounds": f"{source} would fall outside the work: {reason}"}
            ) from error


@check.register
def _(topic: Topic):
    _refuse_circle(topic, "parent", "A topic cannot stand, by any way, under itself.")


def _refuse_circle(record, field, sentence):
    seen, above = {record.pk}, getattr(record, field)
    while above is not None:
        if above.pk in seen:
            raise ValidationError({field: sentence})
        seen.add(above.pk)
        above = getattr(above, field)


@check.register
def _(position: Position):
    if position.bearings.exclude(question=position.question_id).exists():
        raise ValidationError(
            {"question": "Sources bear on this position: it stays with its question."}
        )
    if position.reconciled_by.exclude(question=position.question_id).exists():
        raise ValidationError(
            {"question": "A position that reconciles this one answers another."}
        )
    reconciled = list(position.reconciles.exclude(pk=position.pk))
    if position.kind == Position.Kind.ANSWER and reconciled:
        raise ValidationError({"reconciles": "Only a reconciliation reconciles."})
    if position.kind == Position.Kind.RECONCILIATION and len(reconciled) < 2:
        raise ValidationError(
            {"reconciles": "Name at least two positions that it reconciles."}
        )
    if any(other.question_id != position.question_id for other in reconciled):
        raise ValidationError(
            {"reconciles": "It reconciles positions of its own question only."}
        )


@check.register
def _(path: Path):
    if path.state != State.PUBLISHED:
        return
    unready = path.steps.exclude(source__state=State.PUBLISHED).select_related("source")
    for step in unready:
        raise ValidationError(f"Step {step.number} is on an unpublished source: {step}")
