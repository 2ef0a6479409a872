"""Every way in which the site reads the library, named; one module a noun."""

from sources.querysets.access import EverySeenQuerySet, StatedQuerySet, may_see_drafts
from sources.querysets.bearing import BearingQuerySet, CitationQuerySet
from sources.querysets.ledger import ChangeQuerySet, ProposalQuerySet, StampQuerySet
from sources.querysets.question import PositionQuerySet, QuestionQuerySet
from sources.querysets.reading import (
    EssayClaimQuerySet,
    EssayQuerySet,
    PathQuerySet,
    PathStepQuerySet,
)
from sources.querysets.source import SourceQuerySet, TextQuerySet
from sources.querysets.topic import TopicLinkQuerySet, TopicQuerySet
from sources.querysets.work import AuthorQuerySet, WorkQuerySet

__all__ = [
    "AuthorQuerySet",
    "BearingQuerySet",
    "ChangeQuerySet",
    "CitationQuerySet",
    "EssayClaimQuerySet",
    "EssayQuerySet",
    "EverySeenQuerySet",
    "PathQuerySet",
    "PathStepQuerySet",
    "PositionQuerySet",
    "ProposalQuerySet",
    "QuestionQuerySet",
    "SourceQuerySet",
    "StampQuerySet",
    "StatedQuerySet",
    "TextQuerySet",
    "TopicLinkQuerySet",
    "TopicQuerySet",
    "WorkQuerySet",
    "may_see_drafts",
]
