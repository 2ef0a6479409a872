"""References to places in works: reading, writing and comparing them."""

from .catalogue import Catalogue
from .choices import Ambiguous, Choice
from .citations import Citation, Found, Rejected
from .places import Place, Span
from .problems import NotAReference, OutOfBounds, ReferenceProblem
from .reference import Reference, from_address
from .schemes import SCHEMES, Scheme
from .work import Title, Work

__all__ = [
    "SCHEMES",
    "Ambiguous",
    "Catalogue",
    "Choice",
    "Citation",
    "Found",
    "NotAReference",
    "OutOfBounds",
    "Place",
    "Reference",
    "ReferenceProblem",
    "Rejected",
    "Scheme",
    "Span",
    "Title",
    "Work",
    "from_address",
]
