"""The nouns of the library; each module holds those that belong together."""

from sources.models.bearing import PLAINLY, Bearing, Citation
from sources.models.ledger import (
    Change,
    FormerAddress,
    Mention,
    SearchDocument,
    SearchSlip,
    SearchWord,
    Stamp,
)
from sources.models.proposal import Proposal
from sources.models.question import Position, Question
from sources.models.reading import Essay, EssayClaim, Path, PathStep
from sources.models.record import Record, State
from sources.models.source import Revision, Source, Text
from sources.models.topic import Topic, TopicLink
from sources.models.work import Author, Work, WorkTitle

__all__ = [
    "PLAINLY",
    "Author",
    "Bearing",
    "Change",
    "Citation",
    "Essay",
    "EssayClaim",
    "FormerAddress",
    "Mention",
    "Path",
    "PathStep",
    "Position",
    "Proposal",
    "Question",
    "Record",
    "Revision",
    "SearchDocument",
    "SearchSlip",
    "SearchWord",
    "Source",
    "Stamp",
    "State",
    "Text",
    "Topic",
    "TopicLink",
    "Work",
    "WorkTitle",
]
