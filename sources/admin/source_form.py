"""The form of a source: one field takes its reference however a person writes it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sources import rules
from sources.admin import address, reference_field
from sources.admin.forms import CleanCharField, RecordForm
from sources.admin.reference_field import ReferenceInput
from sources.models import Source, Work

HELP = {
    "work": _("The book. The reference above fills this."),
    "address": _(
        "Where it stands in the work, as “17b”, “36:8-12” or “whole”. The reference "
        "above fills this."
    ),
    "place": _("Words for the place where its address cannot say it, as “on 17b”."),
    "place_he": _("The same in Hebrew."),
    "part": _(
        "Only where several sources stand at one place: a short name in small Latin "
        "letters, as “second-half”. It becomes part of the address."
    ),
    "part_title": _("What readers see of that name, as “the second half”."),
    "part_title_he": _("The same in Hebrew."),
    "short": _("At most 15 letters, for the picture on a phone, as “Meg 17b”."),
    "short_he": _("At most 13 letters, for the picture on a phone."),
    "section": _("The part of the work in words, as the work itself divides it."),
    "dating_note": _("Where the time of this passage is not that of its work."),
    "notes": _("For editors only: readers never see it."),
    "verification_method": _("How the words were compared, as “read in the scan”."),
}


class SourceForm(RecordForm):
    """A source, whose reference may be written as people write it."""

    user = None
    written = CleanCharField(
        label=_("Reference"),
        required=False,
        widget=ReferenceInput(attrs={"dir": "auto"}),
        help_text=_(
            "Where it stands, as people write it: “Succah 52b”, “סוכה נב:”, “Rambam, "
            "Melachim 12:1”, or the address of its page on the web."
        ),
    )

    class Meta:
        model = Source
        fields = "__all__"
        help_texts = HELP

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("work", "address"):
            if name in self.fields:
                self.fields[name].required = False
        if self.instance.pk and "written" in self.fields:
            self.initial["written"] = _as_written(self.instance)

    def clean(self):
        cleaned = super().clean()
        if "written" in self.fields:
            self._read_reference(cleaned)
        return cleaned

    def _read_reference(self, cleaned):
        """Fill work and address from the reference, or from what stands apart."""
        written = cleaned.get("written", "")
        is_apart = {"work", "address"} & {*self.changed_data} or not written
        if is_apart and (cleaned.get("work") or cleaned.get("address")):
            self._read_apart(cleaned)
        understood = address.understand(written) if written else None
        if understood and understood.choices:
            understood = understood.chosen(self.data.get("written_choice", ""))
        if understood and (self.is_check or not understood.reference):
            own = self.instance if self.instance.pk else None
            shown = reference_field.shown(understood, self.user, own=own)
            self.fields["written"].widget.shown = shown
        if understood and "written" in self.changed_data:
            self._take(cleaned, understood, is_apart)
        elif not (written or cleaned.get("work") or cleaned.get("address")):
            said = _("Write where the source stands, as “Megillah 17b”.")
            self.add_error("written", said)

    def _read_apart(self, cleaned):
        work, written = cleaned.get("work"), cleaned.get("address")
        if not work or not written:
            missing = "address" if work else "work"
            if missing not in self.errors:
                self.add_error(
                    missing, self.fields["summary"].error_messages["required"]
                )
            return
        try:
            reference = address.read(work, written)
        except ValidationError as error:
            self.add_error("address", error)
        else:
            cleaned["address"] = reference.address
            # The log of the admin names the source before the gate has.
            self.instance.reference_en = reference.english

    def _take(self, cleaned, understood, is_apart):
        """Let the reference decide; refuse it where what stands apart disagrees."""
        reference, work = understood.reference, cleaned.get("work")
        if reference is None:
            self.add_error("written", understood.problem)
            return
        apart = f"{work.slug if work else ''}/{cleaned.get('address', '')}"
        if is_apart and work and apart != address.key_of(reference):
            said = _(
                "The reference says %(reference)s; “Written apart” says otherwise."
            )
            self.add_error("written", said % {"reference": reference.english})
            return
        cleaned["work"] = Work.objects.get(slug=reference.work.slug)
        cleaned["address"] = reference.address
        self.instance.reference_en = reference.english


def _as_written(source):
    """The reference of a stored source as people write it, without its part."""
    try:
        return rules.reference_of(source).english
    except ValidationError:
        return ""
