"""The form of a link to a source that this one cites."""

from sources.admin.forms import RecordForm
from sources.admin.reference_field import CitedField
from sources.models import Source


class CitationForm(RecordForm):
    """A link to a source of ours, which is written as its reference."""

    user = None
    cited = CitedField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "cited" not in self.fields:
            return
        self.fields["cited"].user = self.user
        cited = self.initial.get("cited")
        if cited and cited == self.instance.cited_id:
            self.initial["cited"] = self.instance.cited.reference_en
        elif cited:
            sources = Source.objects.visible_to(self.user).filter(pk=cited)
            names = sources.values_list("reference_en", flat=True)
            self.initial["cited"] = names.first() or ""
