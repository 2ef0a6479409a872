"""The addresses of readers' notes."""

from django.urls import path

from studyhall.annotations.pages.annotate import annotate
from studyhall.annotations.pages.delete import note_delete, note_restore
from studyhall.annotations.pages.edit import note_edit
from studyhall.annotations.pages.highlight import bookmark, highlight
from studyhall.annotations.pages.history import note_history
from studyhall.annotations.pages.note import note
from studyhall.annotations.pages.reply import note_reply

urlpatterns = [
    path("sources/<slug:work>/<str:place>/annotate/", annotate, name="annotate"),
    path("sources/<slug:work>/<str:place>/highlight/", highlight, name="highlight"),
    path("sources/<slug:work>/<str:place>/bookmark/", bookmark, name="bookmark"),
    path("notes/<uuid:uuid>/", note, name="note"),
    path("notes/<uuid:uuid>/edit/", note_edit, name="note_edit"),
    path("notes/<uuid:uuid>/delete/", note_delete, name="note_delete"),
    path("notes/<uuid:uuid>/restore/", note_restore, name="note_restore"),
    path("notes/<uuid:uuid>/history/", note_history, name="note_history"),
    path("notes/<uuid:uuid>/reply/", note_reply, name="note_reply"),
]
