"""The weekly portions: their names, and the volume of the Zohar that each is in."""

from __future__ import annotations

from .folding import key, normalised, words

# Volume of the Zohar, then the names; the Hebrew one is last.
_PORTIONS = (
    (1, "Bereishis | Bereshit | בראשית"),
    (1, "Noach | Noah | Noiach | נח"),
    (1, "Lech Lecha | Lech Lcha | Lekh Lekha | לך לך"),
    (1, "Vayera | Vayeira | Vayerah | וירא"),
    (
        1,
        "Chayei Sarah | Chaye Sara | Chayei Sara | "
        "Chayei Soro | Chayey Soroh | Hayei Sarah | חיי שרה",
    ),
    (1, "Toldos | Toldois | Toldot | Toldoth | Toledot | תולדות"),
    (1, "Vayetzei | Vayetze | ויצא"),
    (1, "Vayishlach | Vayishlah | וישלח"),
    (1, "Vayeshev | Vayeishev | וישב"),
    (1, "Mikeitz | Miketz | מקץ"),
    (1, "Vayigash | Vayiggash | ויגש"),
    (1, "Vayechi | Vaychi | Vayechee | Vayehi | ויחי"),
    (2, "Shemos | Shemot | Shmos | Shmot | שמות"),
    (2, "Vaera | Va'era | Va-era | Vaeira | וארא"),
    (2, "Bo | בא"),
    (2, "Beshalach | Beshallach | בשלח"),
    (2, "Yisro | Yitro | יתרו"),
    (2, "Mishpatim | משפטים"),
    (2, "Terumah | Teruma | תרומה"),
    (2, "Tetzaveh | Tetzave | תצוה"),
    (2, "Ki Sisa | Ki Tisa | כי תשא"),
    (2, "Vayakhel | Vayak'hel | ויקהל"),
    (2, "Pekudei | Pikudei | פקודי"),
    (3, "Vayikra | Vayiqra | ויקרא"),
    (3, "Tzav | Tsav | צו"),
    (3, "Shemini | Shmini | שמיני"),
    (3, "Tazria | Tazri'a | תזריע"),
    (3, "Metzora | Metsora | מצורע"),
    (3, "Acharei Mos | Acharei | Acharei Mot | Acharey Mos | אחרי מות"),
    (3, "Kedoshim | Qedoshim | קדושים"),
    (3, "Emor | אמור"),
    (3, "Behar | B'har | Be-har | בהר"),
    (3, "Bechukosai | Bechukotai | Behukotai | בחוקותי"),
    (3, "Bamidbar | Bemidbar | במדבר"),
    (3, "Naso | Nasso | נשא"),
    (3, "Behaaloscha | Beha'alotcha | בהעלותך"),
    (3, "Shelach | Shlach | שלח"),
    (3, "Korach | Korah | קרח"),
    (3, "Chukas | Chukat | חקת"),
    (3, "Balak | Balaq | Bolok | בלק"),
    (3, "Pinchas | Pinhas | פנחס"),
    (3, "Matos | Matot | מטות"),
    (3, "Masei | Mas'ei | מסעי"),
    (3, "Devarim | Dvarim | דברים"),
    (3, "Vaeschanan | Va'etchanan | ואתחנן"),
    (3, "Eikev | Ekev | עקב"),
    (3, "Re'eh | Reeh | ראה"),
    (3, "Shoftim | Shofetim | שופטים"),
    (3, "Ki Seitzei | Ki Tetze | כי תצא"),
    (3, "Ki Savo | Ki Tavo | כי תבוא"),
    (3, "Nitzavim | Netzavim | Nitsavim | נצבים"),
    (3, "Vayeilech | Vayelech | וילך"),
    (3, "Haazinu | Ha'azinu | האזינו"),
    (3, "Vezos HaBerachah | Vezot Haberachah | וזאת הברכה"),
)

_NAMES = tuple(frozenset(map(key, names.split(" | "))) for _, names in _PORTIONS)
NAMES_AS_WRITTEN = tuple(name for _, names in _PORTIONS for name in names.split(" | "))
_FIRST_OF_BOOKS = (0, 12, 23, 33, 43)
_BOOKS = ("בראשית", "שמות", "ויקרא", "במדבר", "דברימ")
VOLUMES = {
    name: volume
    for (volume, _), names in zip(_PORTIONS, _NAMES, strict=True)
    for name in names
}
WORDS = frozenset(
    {"parshas", "parashat", "parshat", "parasha", "parsha", "parashas", "פרשת"}
)


def namesakes(name: str) -> frozenset[str]:
    """The keys of all names of the portion so called, or of this name alone."""
    folded = key(name)
    for names in _NAMES:
        if folded in names:
            return names
    return frozenset({folded})


def book(name: str) -> str:
    """The Hebrew key of the book of the Torah in which the so named portion is."""
    number = next(at for at, names in enumerate(_NAMES) if name in names)
    return _BOOKS[sum(first <= number for first in _FIRST_OF_BOOKS) - 1]


def opens_with_name(line: str) -> bool:
    """Whether the line begins with a portion's name, "Parshas" aside."""
    found = [word for word, _ in words(normalised(line)) if word not in WORDS]
    return any("".join(found[:count]) in VOLUMES for count in range(1, 5))
