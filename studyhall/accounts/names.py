"""The names by which people are shown: of one script, and no two that look alike."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 2, 50  # code points
SIGNS = " -.'"
SCRIPTS = {
    "Latin": "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01bf\u01c4-\u024f\u1e00-\u1eff",
    "Hebrew": "\u05d0-\u05ea\u05f3\u05f4",
    "Cyrillic": "\u0400-\u0481\u048a-\u04ff",
}
KEPT_BACK = {
    "admin",
    "administrator",
    "anonymous",
    "former reader",
    "keeper",
    "moderator",
    "reviewer",
    "studyhall",
    "the editors",
}
# Cyrillic letters that look Latin, and letters and digits that look like one another.
LOOKS_LIKE = str.maketrans(
    "авекмнорстухіјѕԁһӏ" + "01iı",
    "abekmhopctyxljsdhl" + "olll",
)
_PAIRS = (("rn", "m"), ("vv", "w"))


def clean_name(typed):
    """The name as it is kept. Raises ValidationError with a sentence for its writer."""
    name = unicodedata.normalize("NFKC", typed).replace("\u2019", "'")
    name = " ".join(name.split())
    if not SHORTEST <= len(name) <= LONGEST:
        raise ValidationError(
            _("A name has from %(least)d to %(most)d letters."),
            params={"least": SHORTEST, "most": LONGEST},
        )
    if not any(_is_of(name, letters) for letters in SCRIPTS.values()):
        raise ValidationError(
            _(
                "Write the name in letters of one script (Latin, Hebrew or Cyrillic), "
                "with digits, spaces, hyphens, points and apostrophes if you like."
            )
        )
    return name


def check_not_kept_back(name):
    """Raise ValidationError for a name that would pass for the site itself."""
    if folded(name) in {folded(kept) for kept in KEPT_BACK}:
        raise ValidationError(_("This name is kept for the site: choose another."))


def folded(name):
    """The skeleton of a name, by which two that look alike are one; "" for none.

    Without case, marks, spaces and signs; letters that look alike are one letter.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    letters = "".join(
        char for char in plain.casefold() if unicodedata.category(char)[0] in "LN"
    )
    skeleton = letters.translate(LOOKS_LIKE)
    for seen, meant in _PAIRS:
        skeleton = skeleton.replace(seen, meant)
    return skeleton


def _is_of(name, letters):
    allowed = re.fullmatch(f"[{letters}0-9{re.escape(SIGNS)}]+", name)
    return bool(allowed and re.search(f"[{letters}]", name))
