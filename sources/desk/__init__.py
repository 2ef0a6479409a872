"""The editors' desk: what waits for someone's work, counted and led to."""

from sources.desk.findings import LOOKS, Finding, look
from sources.desk.waiting import WAITING, Waiting, among
from sources.desk.worklist import Group, Item, for_user

__all__ = [
    "LOOKS",
    "WAITING",
    "Finding",
    "Group",
    "Item",
    "Waiting",
    "among",
    "for_user",
    "look",
]
