"""The addresses of readers' notes."""

from django.urls import path

from studyhall.annotations.pages.annotate import annotate
from studyhall.annotations.pages.attach import note_attach
from studyhall.annotations.pages.correct import correct, correction
from studyhall.annotations.pages.deciding import (
    moderation_decide,
    moderation_spam,
    moderation_undo,
    note_decisions,
)
from studyhall.annotations.pages.delete import note_delete, note_restore
from studyhall.annotations.pages.edit import note_edit
from studyhall.annotations.pages.export import my_export, my_export_as
from studyhall.annotations.pages.feed import (
    notes_of_reader,
    notes_of_source,
    notes_of_topic,
)
from studyhall.annotations.pages.flag import note_flag
from studyhall.annotations.pages.highlight import bookmark, highlight
from studyhall.annotations.pages.history import note_history
from studyhall.annotations.pages.mine import my_notes
from studyhall.annotations.pages.moderation import (
    moderation,
    moderation_decided,
    moderation_flagged,
)
from studyhall.annotations.pages.note import note
from studyhall.annotations.pages.notes import notes
from studyhall.annotations.pages.notices import notices
from studyhall.annotations.pages.of_source import source_notes
from studyhall.annotations.pages.reader import reader
from studyhall.annotations.pages.reply import note_reply
from studyhall.annotations.pages.suggestions import (
    moderation_correction,
    moderation_corrections,
    moderation_reading,
    moderation_readings,
)

urlpatterns = [
    path("sources/<slug:work>/<str:place>/annotate/", annotate, name="annotate"),
    path("sources/<slug:work>/<str:place>/highlight/", highlight, name="highlight"),
    path("sources/<slug:work>/<str:place>/bookmark/", bookmark, name="bookmark"),
    path("sources/<slug:work>/<str:place>/notes/", source_notes, name="source_notes"),
    path(
        "sources/<slug:work>/<str:place>/notes.atom",
        notes_of_source,
        name="notes_of_source",
    ),
    path("topics/<str:slug>/notes.atom", notes_of_topic, name="notes_of_topic"),
    path("readers/<str:name>/notes.atom", notes_of_reader, name="notes_of_reader"),
    path("readers/<str:name>/", reader, name="reader"),
    path("me/notes/", my_notes, name="my_notes"),
    path("me/export/", my_export, name="my_export"),
    path("me/export/<str:name>", my_export_as, name="my_export_as"),
    path("notes/", notes, name="notes"),
    path("notes/<uuid:uuid>/", note, name="note"),
    path("notes/<uuid:uuid>/edit/", note_edit, name="note_edit"),
    path("notes/<uuid:uuid>/delete/", note_delete, name="note_delete"),
    path("notes/<uuid:uuid>/restore/", note_restore, name="note_restore"),
    path("notes/<uuid:uuid>/history/", note_history, name="note_history"),
    path("notes/<uuid:uuid>/reply/", note_reply, name="note_reply"),
    path("notes/<uuid:uuid>/attach/", note_attach, name="note_attach"),
    path("notes/<uuid:uuid>/flag/", note_flag, name="note_flag"),
    path("notes/<uuid:uuid>/decisions/", note_decisions, name="note_decisions"),
    path("me/notices/", notices, name="notices"),
    path("sources/<slug:work>/<str:place>/correct/", correct, name="correct"),
    path("corrections/<uuid:key>/", correction, name="correction"),
    path("moderation/", moderation, name="moderation"),
    path("moderation/flagged/", moderation_flagged, name="moderation_flagged"),
    path("moderation/decided/", moderation_decided, name="moderation_decided"),
    path("moderation/notes/<uuid:uuid>/", moderation_decide, name="moderation_decide"),
    path("moderation/spam/", moderation_spam, name="moderation_spam"),
    path("moderation/acts/<int:key>/undo/", moderation_undo, name="moderation_undo"),
    path(
        "moderation/corrections/",
        moderation_corrections,
        name="moderation_corrections",
    ),
    path(
        "moderation/corrections/<int:number>/",
        moderation_correction,
        name="moderation_correction",
    ),
    path("moderation/readings/", moderation_readings, name="moderation_readings"),
    path(
        "moderation/readings/<uuid:uuid>/",
        moderation_reading,
        name="moderation_reading",
    ),
]
