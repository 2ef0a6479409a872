"""What decides between the meanings of one name: a rule a function, each named.

A rule is the sentence that a reader is shown for why a name was read as it was.
"""

from __future__ import annotations

from .choices import Choice
from .reference import Reference
from .tokens import Tokens
from .work import Work

IBID = "“Ibid.” is the work that is cited last before it."
THERE = "A commentator “there” is on the place that is cited last before him."
COMMENTARY = "“Commentary to” is by the commentator who is named last before it."
OWN_PLACE = "A commentary named alone is on the place that is cited last before it."
NEIGHBOURS = "Commentators side by side are on the same place."
PORTION_FOLIO = "A portion's name with a folio is a page of the Zohar."
PORTION_VERSE = "A portion's name with chapter and verse is its book of the Torah."
RAMBAM_ON = "The Rambam “on” or “to” a tractate is his commentary on the Mishnah."
RIF_PINTO = "Beside Ein Yaakov or Etz Yosef, the Rif is R. Yoshiyahu Pinto."
ALFASI = Work("rif-alfasi", "Rif (Alfasi)", "רי״ף", "daf")

_RIF = frozenset({"rif", "ריפ", "הריפ"})
_RIF_NAMED = frozenset({"pinto", "einyaakov", "alfasi"})
_RAMBAM = ("rambam", "maimonides", "רמבמ")
_MISHNAH = ("mishnah", "mishnayos", "משנה", "משניות")
_NEAR = 8
_SECOND_HALVES = frozenset({"yaakov", "yosef", "יעקב", "יוספ"})
_FIRST_HALVES = frozenset({"ein", "eyn", "etz", "eitz", "ets", "עינ", "בעינ", "עצ"})
_DIBBUR = frozenset({"רשי", "תוס", "תוספות", "rashi", "tosafos", "tosafot"})
_FATHERS = frozenset({"ר", "רב", "רבי", "r", "rabbi", "rav"})
_SIMAN = frozenset({"סימנ", "סי", "סק", "סעיפ"})


def rule(name: str, reference: Reference) -> str:
    """The rule by which a name of several meanings was read, or ""."""
    scheme = reference.work.scheme
    if reference.work.explains and name.startswith(_RAMBAM):
        return "" if any(word in name for word in _MISHNAH) else RAMBAM_ON
    return _RULES.get((name, scheme)) or _rule_of_rambam(name, scheme)


_RULES = {
    ("ber", "daf"): "“Ber.” before a folio is Berachos.",
    ("ber", "verse"): "“Ber.” before chapter and verse is Bereishis.",
    ("עז", "daf"): "ע״ז before a folio is Avodah Zarah.",
    ("בר", "section"): "ב״ר before chapter and section is Bereishis Rabbah.",
    ("דה", "section"): "ד״ה after no commentator is Derech Hashem.",
    ("shoftim", "verse"): "Shoftim before chapter and verse is the book of Judges.",
    ("שופטימ", "verse"): "שופטים before chapter and verse is the book of Judges.",
    ("מב", "verse"): "מ״ב before chapter and verse is the second book of Kings.",
}


def _rule_of_rambam(name: str, scheme: str) -> str:
    is_kings = name.endswith(("melachim", "melakhim", "מלכימ"))
    if is_kings and scheme == "section":
        return "Melachim with Hilchos or Rambam is in the Mishneh Torah."
    if name.startswith("תא") and scheme == "verse":
        return "ת״א before a verse is Targum Onkelos."
    return ""


def looks_far_back(key: str) -> bool:
    """Whether a word may be one that words far before or after it decide."""
    return key.endswith(("rif", "ריפ", "דה", "ד"))


def is_no_title(tokens: Tokens, at: int, end: int, name: str) -> bool:
    """Whether letters that are a title elsewhere are none at this place."""
    before = tokens.key(at - 1)
    if name == "דה":  # the opening words that a commentator explains
        near = tokens.keys[max(at - 8, 0) : at]
        return not _DIBBUR.isdisjoint(near)
    if name == "בר":  # a son of R. ...
        fathers = (before, tokens.key(at - 2), tokens.key(at - 3))
        return not _FATHERS.isdisjoint(fathers)
    if name == "מב":  # the Mishnah Berurah
        return tokens.key(end) in _SIMAN
    return False


def is_open_rif(tokens: Tokens, at: int, name: str) -> bool:
    """Whether a name opens with "Rif" and does not say which; ours is Pinto."""
    if tokens.keys[at] not in _RIF or any(one in name for one in _RIF_NAMED):
        return False
    return not _is_beside_pinto(tokens, at)


def is_rif_pinto(tokens: Tokens, at: int, key: str) -> bool:
    """Whether "Rif" is decided by a neighbour."""
    return key in _RIF and _is_beside_pinto(tokens, at)


def _is_beside_pinto(tokens: Tokens, at: int) -> bool:
    near = range(max(at - _NEAR, 0), min(at + _NEAR, tokens.count - 1))
    return any(
        tokens.keys[index] in _FIRST_HALVES and tokens.keys[index + 1] in _SECOND_HALVES
        for index in near
    )


def rif_choices(pinto: Reference) -> tuple[Choice, ...]:
    """Both men who are called the Rif, at one place."""
    return (
        Choice(Reference(ALFASI, pinto.spans), "The Rif is mostly R. Yitzchak Alfasi."),
        Choice(pinto, "In Ein Yaakov the Rif is R. Yoshiyahu Pinto."),
    )
