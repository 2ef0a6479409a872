"""A few works, one or more for each scheme, to read and write references with."""

from sources.references import Catalogue, Title, Work

PSALMS = [6, 12, 9] + [20] * 122 + [6] + [10] * 24
PARTS = [
    {"slug": "noach", "en": "Noach", "he": "נח"},
    {"slug": "lech-lecha", "en": "Lech Lecha", "he": "לך לך"},
]
RASHI = (Title("Rashi"), Title('רש"י', "he"), Title('פירש"י', "he"))


def _titles(*names):
    return tuple(Title(name) for name in names)


MEGILLAH = Work(
    *("megillah", "Megillah", "מגילה", "daf"),
    bounds={"dapim": ["2a", "32a"]},
    titles=_titles("Megilla", "Meg."),
    sefaria="Megillah",
)
BERACHOS = Work(
    *("berachos", "Berachos", "ברכות", "daf"),
    bounds={"dapim": ["2a", "64a"]},
    titles=_titles("Berakhot", "Ber."),
    sefaria="Berakhot",
)
SANHEDRIN = Work(
    *("sanhedrin", "Sanhedrin", "סנהדרין", "daf"), bounds={"dapim": ["2a", "113b"]}
)
BEREISHIS = Work(
    *("bereishis", "Bereishis", "בראשית", "verse"),
    bounds={"verses": [31] * 50},
    titles=_titles("Genesis", "Ber."),
    sefaria="Genesis",
)
YESHAYAH = Work(
    *("yeshayah", "Yeshayah", "ישעיה", "verse"),
    bounds={"verses": [31] * 66},
    titles=_titles("Isaiah", "Isa."),
    sefaria="Isaiah",
)
TEHILLIM = Work(
    *("tehillim", "Tehillim", "תהילים", "verse"),
    bounds={"verses": PSALMS},
    titles=_titles("Psalms", "Ps."),
)
SHMUEL = Work(
    *("shmuel-1", "Shmuel I", "שמואל א", "verse"),
    bounds={"verses": [30] * 31},
    titles=_titles("1 Samuel", "Shmuel 1"),
)
SHIR = Work(
    *("shir-hashirim", "Shir HaShirim", "שיר השירים", "verse"),
    bounds={"verses": [17] * 8},
    titles=_titles("Song of Songs"),
)
ZOHAR = Work(
    *("zohar", "Zohar", "זוהר", "zohar"),
    bounds={
        "volumes": [["1a", "251a"], ["2a", "269a"], ["2a", "299b"]],
        "parshiyos": [{"names": ["Toldos"], "volume": 1}],
    },
    sefaria="Zohar",
)
MELACHIM = Work(
    *("mishneh-torah-melachim", "Hilchos Melachim", "הלכות מלכים", "section"),
    titles=_titles("Kings and Wars", "Hil. Melachim"),
)
DERECH = Work(
    *("derech-hashem", "Derech Hashem", "דרך השם", "section"), bounds={"levels": 3}
)
PIRKEI = Work(
    *("pirkei", "Pirkei DeRabbi Eliezer", "פרקי דרבי אליעזר", "chapter"),
    bounds={"chapters": 54},
    titles=(Title('פדר"א', "he"),),
)
YALKUT = Work("yalkut", "Yalkut Shimoni", "ילקוט שמעוני", "chapter")
TANCHUMA = Work(
    *("tanchuma", "Midrash Tanchuma", "מדרש תנחומא", "named"),
    bounds={"sections": PARTS},
    titles=_titles("Tanchuma"),
)
IGERES = Work("igeres-teiman", "Igeres Teiman", "אגרת תימן", "whole")
RASHI_MEGILLAH = Work(
    *("rashi-on-megillah", "Rashi on Megillah", 'רש"י על מגילה', "daf"),
    bounds=MEGILLAH.bounds,
    explains="megillah",
    commentator=RASHI,
)
RAMBAN_SHIR = Work(
    *("ramban-on-shir", "Ramban on Shir HaShirim", 'רמב"ן על שיר השירים', "verse"),
    bounds=SHIR.bounds,
    explains="shir-hashirim",
)

WORKS = (
    *(MEGILLAH, BERACHOS, SANHEDRIN, BEREISHIS, YESHAYAH, TEHILLIM, SHMUEL, SHIR),
    *(ZOHAR, MELACHIM, DERECH, PIRKEI, YALKUT, TANCHUMA, IGERES),
    *(RASHI_MEGILLAH, RAMBAN_SHIR),
)
CATALOGUE = Catalogue(WORKS)
