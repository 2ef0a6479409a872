"""Two editors on one record: the second to save is asked, and nothing is lost."""

from sources.admin import rows
from sources.admin.merging import Merging
from sources.admin.shown import Shown
from sources.changes import Stale
from sources.models import Change


def meet(admin, request, stored):
    """Let the form be shown again with what the two editors' versions say.

    Where the version that it was opened at is not known, the rows are put beside the
    stored ones, and no more can be said than what they are.
    """
    saving = request.saving
    asked = saving.merging  # not all of it was answered
    if asked is None or asked.newer != stored.version:
        # Answers are never taken for a version that was not shown with the question.
        versions = saving.opened, stored.version
        saving.merging = _merging(admin, request, stored, versions)
    saving.refuse_as_stale(stored)
    if saving.merging is None:
        _align_rows(admin, request, stored)
    else:
        request.POST = saving.merging.data


def settle(admin, request, stored):
    """Put into the form what the editor chose, having seen both versions.

    From then on it is a form of the newer version. Raises Stale where something that
    both changed has no answer yet, or where the form names no version.
    """
    saving = request.saving
    if saving.seen is not None:
        versions = saving.opened, saving.seen
        merging = _merging(admin, request, stored, versions, is_answered=True)
        if merging is not None:
            if merging.undecided:
                saving.merging = merging
                raise Stale(stored)
            request.POST = merging.data
        saving.opened = saving.seen
    if saving.opened is None:
        raise Stale(stored)


def _merging(admin, request, stored, versions, is_answered=False):
    """The Merging of a posted form, or None where one of the states is not known."""
    base, newer = versions
    kept = Change.objects.of(admin.model._meta.model_name, stored.pk)
    kept = kept.filter(number__in=[base or 0, newer])
    states = dict(kept.values_list("number", "record"))
    if base not in states or newer not in states:
        return None
    shown = [Shown(admin, request, stored, states[n]) for n in (base, newer)]
    return Merging(request.POST, newer, *shown, is_answered)


def _align_rows(admin, request, stored):
    """Put what was typed in each row beside the row as it is stored now."""
    data = request.POST
    for formset_class, inline in admin.get_formsets_with_inlines(request, stored):
        formset = formset_class(
            instance=stored,
            prefix=formset_class.get_default_prefix(),
            queryset=inline.get_queryset(request),
        )
        data = rows.aligned(data, formset)
    request.POST = data
