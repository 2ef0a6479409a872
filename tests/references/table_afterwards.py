"""Texts that were written when the reader was done, to see what it had not met.

Rows as in the other tables. What each finder made of them at first is in
`sources/references/README.md`; it was not corrected before.
"""

CITATIONS = [
    (
        "Yirmiyah 16:14–15; 23:7-8",
        ["yirmiyah/16.14-15,23.7-8"],
        "two ranges, a semicolon",
    ),
    ("Psalms 106, 47", ["tehillim/106.47"], "a comma between chapter and verse"),
    ("M. Maaser Sheni 5:2", ["mishnah-maaser-sheni/5.2"], "a scholar's M."),
    ("p. Ber. 1:1", ["yerushalmi-berachos/1.1"], "a scholar's p. for Palestinian"),
    ("b. Sanh. 97b–98a", ["sanhedrin/97b-98a"], "a scholar's b. and a range"),
    ("(Meg. 17b, s.v. u-mah)", ["megillah/17b"], "words after the place, brackets"),
    (
        "Deut. 30:1–10 and Lev. 26:44",
        ["devarim/30.1-10", "vayikra/26.44"],
        "two books joined by “and”",
    ),
    (
        "ראה ישעיה יא, יא; וראה שם כז, יג",
        ["yeshayah/11.11", "yeshayah/27.13"],
        "“and see there”",
    ),
    ("סנהדרין צ״ח, ע״א", ["sanhedrin/98a"], "a comma before the side"),
    ('סנהדרין (צח ע"א)', ["sanhedrin/98a"], "the title outside the bracket"),
    ("ירמיה ל״א, ז׳–ט׳", ["yirmiyah/31.7-9"], "an en dash between verses"),
    ("שבת קי״ח ב", ["shabbos/118b"], "the side as a bare letter"),
    ("עי׳ מגילה י״ז ב׳", ["megillah/17b"], "the side with geresh"),
    (
        "הלכות מלכים פרק י״ב, הלכה א׳",
        ["rambam-hilchos-melachim/12.1"],
        "words and a comma",
    ),
    ("רמב״ם הל' מלכים יב:א-ב", ["rambam-hilchos-melachim/12.1-2"], "a colon, a range"),
    ("Zohar, Noach, 64b", ["zohar/1-64b"], "commas all along"),
    ("Zohar i. 139a", ["zohar/1-139a"], "a small Roman volume with a point"),
    ("זוהר בראשית קלט ע״א", ["zohar/1-139a"], "a portion that is also a book"),
    ("Isaiah, chapter 60", ["yeshayah/60"], "a comma before the word chapter"),
    ("Is. 11:11, 12, 16", ["yeshayah/11.11,12,16"], "a list of verses"),
    (
        "Rashi (Megillah 17b, s.v. v'keivan)",
        ["rashi-on-megillah/17b"],
        "the place and its words in brackets",
    ),
    ("Rashi to Isa. 60:22", ["rashi-on-yeshayah/60.22"], "commentator “to” book"),
    (
        "Malbim, ad loc., after Michah 4:8",
        ["michah/4.8"],
        "ad loc. with nothing before it",
    ),
    ("Pirkei de'Rabbi Eliezer Ch. 30", ["pirkei-derabbi-eliezer/30"], "a capital Ch."),
    (
        "Bamidbar 24:17-19 with the Ramban there",
        ["bamidbar/24.17-19", "ramban-on-bamidbar/24.17-19"],
        "“with the” commentator there",
    ),
    ("תהלים פרק קכו", ["tehillim/126"], "the word for chapter, bare numeral"),
    ("ואמר ביחזקאל ל״ו ח׳", ["yechezkel/36.8"], "a verb and a prefix before it"),
    ("Sukkah 52a (cf. Rashi)", ["succah/52a"], "a commentator without “there”"),
    ("Sanhedrin 97a/b", ["sanhedrin/97a-97b"], "a stroke between the sides"),
    ("Ezek 36–37", ["yechezkel/36-37"], "a range of chapters, no point"),
    (
        "Micah 2:12; 4:6-7; 5:2",
        ["michah/2.12,4.6-7,5.2"],
        "three places in one list",
    ),
]

NO_CITATION = [
    ("Mark 3 of them.", "a verb and a number"),
    ("In Ps 5 was released.", "a thing's name; short for a book"),
    ("Ask Ezra 4 questions.", "a person and a number"),
    ("on Shabbos 6:30", "a day and a time"),
    ("I have 2 Kings 3 times in poker.", "cards"),
    ("נתתי לו ב׳ דברים", "“to him”, a number, “things”"),
    ("בא אל הבית ב 5 שקלים", "a price"),
    ("שבת ב' שעות", "“rested for two hours”"),
    ("Ben 10a", "a name"),
    ("His zip: TZ 12345", "a code; short for the Tikkunim"),
    ("Esther 24 years", "a person's age"),
    ("He did 3 Yoma 5.", "words without sense"),
    ("the Song of 7 birds", "half a title"),
    ("See Am. 12 dollars.", "short for American"),
    ("At 9 am. 5 people came.", "a time and a sentence's end"),
    ("Hos 3 beers", "half a word; short for a book"),
    ("Lev 10 is my nephew's age.", "a person's age"),
    ("ביום שבת קודש ה 7", "a day and its number"),
    ("ספר דברים יפה", "“a fine book of things”"),
    ("I am. 9 others are.", "a verb; short for a book"),
    ("Jon. 12 years old.", "a person's name; short for a book"),
    ("Ned. 5 feet", "a person's name; short for a tractate"),
    ("Hag 3", "a name; short for a book"),
]
