"""The nouns of readers' notes."""

from studyhall.annotations.models.edit import NoteEdit
from studyhall.annotations.models.moderation import (
    Act,
    Correction,
    Flag,
    Notice,
)
from studyhall.annotations.models.note import (
    AnchorEvent,
    Annotation,
    NoteVersion,
    NoteWord,
)
from studyhall.annotations.models.tag import NoteTag, TaggedNote

__all__ = [
    "Act",
    "AnchorEvent",
    "Annotation",
    "Correction",
    "Flag",
    "NoteEdit",
    "NoteTag",
    "NoteVersion",
    "NoteWord",
    "Notice",
    "TaggedNote",
]
