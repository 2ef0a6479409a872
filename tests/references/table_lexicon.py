"""The lexicon's own test citations: from the essay of the seed, and beyond it.

Each row: the text, what the lexicon expects in Sefaria's naming, and the same places
as this library calls them.
"""

# In the order of the seed; each runs on from the one before.
FROM_SEED = [
    (
        "Megillah 17b + Rashi there",
        ["Megillah 17b", "Rashi on Megillah 17b"],
        ["megillah/17b", "rashi-on-megillah/17b"],
    ),
    (
        "Berachos 49a + Rashi there",
        ["Berakhot 49a", "Rashi on Berakhot 49a"],
        ["berachos/49a", "rashi-on-berachos/49a"],
    ),
    ("Zohar: Parshas Toldos 139a", ["Zohar 1:139a"], ["zohar/1-139a"]),
    ("Parshas Chayei Sarah 134a", ["Zohar 1:134a"], ["zohar/1-134a"]),
    (
        "Ramban (commentary to Shir HaShirim 8:13)",
        ["Ramban on Song of Songs 8:13"],
        ["ramban-on-shir-hashirim/8.13"],
    ),
    (
        "RaMCHaL (mamer hegeulah)",
        ["Maamar HaGeulah"],
        ["maamar-hageulah/whole"],
    ),
    ("Vilna Gaon (Kol HaTor)", ["Kol HaTor"], ["kol-hator/whole"]),
    (
        "Succah 52b + see Rashi there",
        ["Sukkah 52b", "Rashi on Sukkah 52b"],
        ["succah/52b", "rashi-on-succah/52b"],
    ),
    ("Parshas Vayechi (244a)", ["Zohar 1:244a"], ["zohar/1-244a"]),
    (
        "Matoke MiDvash",
        ["Matok MiDvash on Zohar 1:244a"],
        ["matok-midvash/1-244a"],
    ),
    ("Bereishis 12:2-3", ["Genesis 12:2-3"], ["bereishis/12.2-3"]),
    ("Kesubos 110b", ["Ketubot 110b"], ["kesubos/110b"]),
    (
        "Rif & Etz Yosef to Kesubos 110b",
        [
            "Rif (Pinto) on Ein Yaakov, Ketubot 110b",
            "Etz Yosef on Ein Yaakov, Ketubot 110b",
        ],
        ["rif-pinto-on-kesubos/110b", "etz-yosef-on-kesubos/110b"],
    ),
    ("Yeshayah 56:7", ["Isaiah 56:7"], ["yeshayah/56.7"]),
    (
        "commentary to Ruth 4:6-14",
        ["Bartenura on Ruth 4:6-14"],
        ["bartenura-on-ruth/4.6-14"],
    ),
    ("Sanhedrin 98a", ["Sanhedrin 98a"], ["sanhedrin/98a"]),
    ("Yechezkel (32:14)", ["Ezekiel 32:14"], ["yechezkel/32.14"]),
    ("Ibid. 29:21", ["Ezekiel 29:21"], ["yechezkel/29.21"]),
    (
        "Bereishis 21:18, 20",
        ["Genesis 21:18", "Genesis 21:20"],
        ["bereishis/21.18", "bereishis/21.20"],
    ),
    ("Bereishis 17:18", ["Genesis 17:18"], ["bereishis/17.18"]),
    (
        "ibid.16:11, 21:17-20",
        ["Genesis 16:11", "Genesis 21:17-20"],
        ["bereishis/16.11", "bereishis/21.17-20"],
    ),
    ("Zohar Parshas Noach 64b", ["Zohar 1:64b"], ["zohar/1-64b"]),
    ("Zechariah 14:16-17", ["Zechariah 14:16-17"], ["zechariah/14.16-17"]),
]

# Each stands by itself.
EXTRA = [
    (
        "Rambam Hil. Melachim 11:1",
        ["Mishneh Torah, Kings and Wars 11:1"],
        ["rambam-hilchos-melachim/11.1"],
    ),
    (
        'רמב"ם הלכות מלכים פי"א ה"א',
        ["Mishneh Torah, Kings and Wars 11:1"],
        ["rambam-hilchos-melachim/11.1"],
    ),
    ("מגילה יז:", ["Megillah 17b"], ["megillah/17b"]),
    ('סנהדרין צ"ח ע"א', ["Sanhedrin 98a"], ["sanhedrin/98a"]),
    ('כתובות קי"א.', ["Ketubot 111a"], ["kesubos/111a"]),
    ('זוהר ח"ב לב ע"א', ["Zohar 2:32a"], ["zohar/2-32a"]),
    ("Ber. 49a", ["Berakhot 49a"], ["berachos/49a"]),
    ("Isa. 66:20", ["Isaiah 66:20"], ["yeshayah/66.20"]),
    (
        "Yerushalmi Maaser Sheni 5:2",
        ["Jerusalem Talmud Maaser Sheni 5:2"],
        ["yerushalmi-maaser-sheni/5.2"],
    ),
    (
        'ירושלמי ברכות פ"א ה"א',
        ["Jerusalem Talmud Berakhot 1:1"],
        ["yerushalmi-berachos/1.1"],
    ),
    ("Ezekiel 37:15-28", ["Ezekiel 37:15-28"], ["yechezkel/37.15-28"]),
    ("Ps. 147:2-3", ["Psalms 147:2-3"], ["tehillim/147.2-3"]),
    ("Numbers Rabbah 1:3", ["Bamidbar Rabbah 1:3"], ["bamidbar-rabbah/1.3"]),
    ('פדר"א פרק ל', ["Pirkei DeRabbi Eliezer 30"], ["pirkei-derabbi-eliezer/30"]),
]

# Where a row of the seed leans on words of its sentence, they are kept here.
IN_ITS_SENTENCE = {
    "commentary to Ruth 4:6-14": "see the Bartenura's commentary to Ruth 4:6-14",
    "Rif & Etz Yosef to Kesubos 110b": "see the Rif & Etz Yosef to Kesubos 110b",
}
