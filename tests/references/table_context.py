"""Citations that lean on the one before, as books print them.

Each row: the text, the places in it, and the printed habit that it shows.
"""

ENGLISH = [
    (
        "Sanhedrin 98a; ibid. 97b",
        ["sanhedrin/98a", "sanhedrin/97b"],
        "ibid. and a place",
    ),
    ("Sanhedrin 98a. Ibid.", ["sanhedrin/98a", "sanhedrin/98a"], "ibid. alone"),
    (
        "Yechezkel 36:8 speaks of the mountains, and Ibid., 37:21 of the people.",
        ["yechezkel/36.8", "yechezkel/37.21"],
        "ibid., with a comma, words between",
    ),
    (
        "Sukkah 52b, and Rashi ad loc.",
        ["succah/52b", "rashi-on-succah/52b"],
        "a commentator ad loc.",
    ),
    (
        "Kesubos 110b and Tosafos there",
        ["kesubos/110b", "tosafos-on-kesubos/110b"],
        "a commentator there",
    ),
    (
        "Tehillim 147:2 with Radak there and Malbim there",
        ["tehillim/147.2", "radak-on-tehillim/147.2", "malbim-on-tehillim/147.2"],
        "two commentators, each there",
    ),
    (
        "Rashi on Megillah 17b; ibid. 18a",
        ["rashi-on-megillah/17b", "rashi-on-megillah/18a"],
        "ibid. is the commentary, not its book",
    ),
    (
        "We learned Megillah 17b; I sat there 12 minutes.",
        ["megillah/17b"],
        "“there” is only a word, and 12 no folio",
    ),
    (
        "Genesis 12:2.\n\nA new paragraph, and ibid. 17:18.",
        ["bereishis/12.2", "bereishis/17.18"],
        "ibid. across a paragraph",
    ),
    (
        "Yeshayah 60:4 (see Rashi there)",
        ["yeshayah/60.4", "rashi-on-yeshayah/60.4"],
        "“see” in a bracket",
    ),
]

HEBREW = [
    ("סנהדרין צח. שם צז:", ["sanhedrin/98a", "sanhedrin/97b"], "there and a place"),
    ("מגילה יז: וברש״י שם", ["megillah/17b", "rashi-on-megillah/17b"], "two prefixes"),
    (
        "סוכה נב: עיין רש״י שם",
        ["succah/52b", "rashi-on-succah/52b"],
        "“see” before the commentator",
    ),
    (
        "יחזקאל לו, ח; שם לז, כא",
        ["yechezkel/36.8", "yechezkel/37.21"],
        "there with chapter and verse",
    ),
    (
        "כתובות קי: (ותוס׳ שם)",
        ["kesubos/110b", "tosafos-on-kesubos/110b"],
        "in a bracket",
    ),
    (
        "תהלים קמז, ב ומלבי״ם שם",
        ["tehillim/147.2", "malbim-on-tehillim/147.2"],
        "commentator there",
    ),
    ("מגילה יז: שם הקב״ה נזכר", ["megillah/17b"], "the same letters mean “name”"),
]

# The address or a neighbour decides between works that share a name.
COLLISIONS = [
    ("Ber. 12:2", ["bereishis/12.2"], "chapter and verse mean Bereishis"),
    ("Ber. 12a", ["berachos/12a"], "a side means Berachos"),
    ("Kings 8:41", ["melachim-1/8.41"], "only one of the two has such a verse"),
    (
        "Rambam, Melachim 11:4",
        ["rambam-hilchos-melachim/11.4"],
        "Rambam tells the laws from the book",
    ),
    ("Shoftim 2:16", ["shoftim/2.16"], "chapter and verse mean the book of Judges"),
    ("Vayechi 244a", ["zohar/1-244a"], "a portion and a side mean the Zohar"),
    (
        "רש״י מגילה יז: ד״ה וכיון, תוס׳ כתובות קי: ד״ה הוא",
        ["rashi-on-megillah/17b", "tosafos-on-kesubos/110b"],
        "ד״ה after a commentator is no book",
    ),
    (
        "Etz Yosef & Rif to Kesubos 110b",
        ["etz-yosef-on-kesubos/110b", "rif-pinto-on-kesubos/110b"],
        "beside Etz Yosef the Rif is Pinto",
    ),
    ("ת״א בראשית מט, י", ["onkelos-on-bereishis/49.10"], "before a verse: Onkelos"),
]
