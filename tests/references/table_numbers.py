"""Citations by chapter and paragraph, by one number, by a part's name, or by title.

Each row: the text, the places in it, and the printed habit that it shows.
"""

SECTION_ENGLISH = [
    (
        "Rambam, Hilchos Melachim 11:1",
        ["rambam-hilchos-melachim/11.1"],
        "the author, a comma",
    ),
    ("Hilkhot Melakhim 12:1", ["rambam-hilchos-melachim/12.1"], "without the author"),
    (
        "Rambam, Laws of Kings 11:4",
        ["rambam-hilchos-melachim/11.4"],
        "the title in English",
    ),
    (
        "Maimonides, Kings and Wars 12.5",
        ["rambam-hilchos-melachim/12.5"],
        "another name, a point between the numbers",
    ),
    ("Rambam Melachim 11:1", ["rambam-hilchos-melachim/11.1"], "without “Hilchos”"),
    (
        "Mishneh Torah, Hilchos Melachim, chapter 11, halachah 4",
        ["rambam-hilchos-melachim/11.4"],
        "the words in full",
    ),
    (
        "Rambam (Hilchos Melachim 11:1, 4)",
        ["rambam-hilchos-melachim/11.1,4"],
        "the place in brackets, a list",
    ),
    ("Yerushalmi Berachos 1:1", ["yerushalmi-berachos/1.1"], "the other Talmud"),
    ("Y. Berakhot 1:1", ["yerushalmi-berachos/1.1"], "a scholar's Y."),
    (
        "Jerusalem Talmud, Berakhot 1:1",
        ["yerushalmi-berachos/1.1"],
        "the Talmud, a comma, the tractate",
    ),
    ("Mishnah Sanhedrin 10:1", ["mishnah-sanhedrin/10.1"], "a Mishnah"),
    ("M. Sanhedrin 10:1", ["mishnah-sanhedrin/10.1"], "a scholar's M."),
    ("Mishnah, Maaser Sheni 5:2", ["mishnah-maaser-sheni/5.2"], "a comma between"),
    ("Bereshit Rabbah 1:1", ["bereishis-rabbah/1.1"], "a Midrash, Sephardi spelling"),
    ("Genesis Rabbah 98:9", ["bereishis-rabbah/98.9"], "a Midrash, English title"),
    ("Song of Songs Rabbah 2:7", ["shir-hashirim-rabbah/2.7"], "a long title"),
    ("Kol HaTor 1:2-3,15", ["kol-hator/1.2-3,15"], "a range and a list"),
    ("Kuzari 2:24", ["kuzari/2.24"], "essay and paragraph"),
    ("Emunot veDeot 8:6", ["emunos-vedeos/8.6"], "essay and chapter"),
    ("Rambam Sanhedrin 14:12", ["rambam-hilchos-sanhedrin/14.12"], "no “Hilchos”"),
    (
        "Rambam, Hilchos Sanhedrin 1:3",
        ["rambam-hilchos-sanhedrin/1.3"],
        "laws that bear a tractate's name",
    ),
    (
        "Rambam on Sanhedrin 1:3",
        ["rambam-on-mishnah-sanhedrin/1.3"],
        "“on” a tractate, “Mishnah” left out",
    ),
    (
        "see the Rambam to Sanhedrin, chapter 1",
        ["rambam-on-mishnah-sanhedrin/1"],
        "“to” a tractate",
    ),
    (
        "the Rambam's commentary to Sanhedrin 10:1",
        ["rambam-on-mishnah-sanhedrin/10.1"],
        "“commentary to” a tractate",
    ),
    (
        "Rambam on Mishnah Sanhedrin 10:1",
        ["rambam-on-mishnah-sanhedrin/10.1"],
        "a commentary on a Mishnah",
    ),
]

SECTION_HEBREW = [
    (
        "רמב״ם על סנהדרין א:ג",
        ["rambam-on-mishnah-sanhedrin/1.3"],
        "“on” a tractate, “Mishnah” left out",
    ),
    ("רמב״ם סנהדרין א:ג", ["rambam-hilchos-sanhedrin/1.3"], "no “Hilchos”"),
    ("רמב״ם מלכים יא, א", ["rambam-hilchos-melachim/11.1"], "without “Hilchos”"),
    (
        "רמב״ם הל׳ מלכים פי״ב ה״א",
        ["rambam-hilchos-melachim/12.1"],
        "letters for chapter and halachah",
    ),
    ("הלכות מלכים י״א, ד׳", ["rambam-hilchos-melachim/11.4"], "without the author"),
    (
        "רמב״ם הלכות מלכים פרק יא הלכה ד",
        ["rambam-hilchos-melachim/11.4"],
        "the words in full",
    ),
    (
        'ברמב״ם (הל\' מלכים פי"א ה"א)',
        ["rambam-hilchos-melachim/11.1"],
        "a prefix, the place in brackets",
    ),
    ("ב״ר פ״א", ["bereishis-rabbah/1"], "initials and a chapter alone"),
    ("בראשית רבה א, א", ["bereishis-rabbah/1.1"], "the title in full"),
    ("שמו״ר א׳ א׳", ["shemos-rabbah/1.1"], "no comma"),
    ("ויק״ר ט, ו", ["vayikra-rabbah/9.6"], "a short title"),
    ("במדבר רבה פרשה יג, ב", ["bamidbar-rabbah/13.2"], "the word for portion"),
    ("ירושלמי מעשר שני פ״ה ה״ב", ["yerushalmi-maaser-sheni/5.2"], "the other Talmud"),
    ("ירושלמי ברכות א, א", ["yerushalmi-berachos/1.1"], "bare numerals"),
    ("משנה סנהדרין י, א", ["mishnah-sanhedrin/10.1"], "a Mishnah"),
    ("משנה סנהדרין פ״י מ״א", ["mishnah-sanhedrin/10.1"], "letters before the numbers"),
    (
        "משניות סנהדרין פרק י משנה א",
        ["mishnah-sanhedrin/10.1"],
        "the words in full",
    ),
    ("כוזרי ב, כד", ["kuzari/2.24"], "essay and paragraph"),
    ("הכוזרי מאמר ב אות כד", ["kuzari/2.24"], "the words for essay and paragraph"),
    ("האמונות והדעות ח, ו", ["emunos-vedeos/8.6"], "a title with two articles"),
    ("דרך ה׳ ב, ד", ["derech-hashem/2.4"], "the Name as one letter in a title"),
]

CHAPTER_ENGLISH = [
    ("Pirkei DeRabbi Eliezer 30", ["pirkei-derabbi-eliezer/30"], "the title in full"),
    (
        "Pirkei d'Rabbi Eliezer, ch. 30",
        ["pirkei-derabbi-eliezer/30"],
        "an apostrophe, a short word",
    ),
    ("PRE 30", ["pirkei-derabbi-eliezer/30"], "a scholar's initials"),
    (
        "Pirkei de-Rabbi Eliezer (chapter 30)",
        ["pirkei-derabbi-eliezer/30"],
        "the chapter in brackets",
    ),
    ("Netzach Yisrael 24", ["netzach-yisrael/24"], "a later book"),
    ("Netzach Yisrael, perek 24", ["netzach-yisrael/24"], "a Hebrew word for chapter"),
    ("Pesikta Rabbati 31", ["pesikta-rabbati/31"], "a Midrash by numbers"),
    ("Psikta Rabbati 31, 36", ["pesikta-rabbati/31,36"], "a list of chapters"),
    ("Midrash Tehillim 147", ["midrash-tehillim/147"], "a Midrash on a book of verses"),
    ("Shocher Tov 18-19", ["midrash-tehillim/18-19"], "another name, a range"),
    ("Sifre, piska 43", ["sifrei/43"], "the word piska"),
    ("Yalkut Shimoni on Nach 499", ["yalkut-shimoni-nach/499"], "the part named"),
    (
        "Yalkut Shimoni on the Torah, remez 940",
        ["yalkut-shimoni-torah/940"],
        "the word remez",
    ),
]

CHAPTER_HEBREW = [
    ("פדר״א פ״ל", ["pirkei-derabbi-eliezer/30"], "the letter for chapter"),
    ("פרקי דרבי אליעזר פרק ל׳", ["pirkei-derabbi-eliezer/30"], "the title in full"),
    ("פרקי דר״א ל", ["pirkei-derabbi-eliezer/30"], "a title shortened at its end"),
    ("נצח ישראל פרק כ״ד", ["netzach-yisrael/24"], "a later book"),
    ("נצח ישראל פכ״ד", ["netzach-yisrael/24"], "the letter joined to its number"),
    ("פסיקתא רבתי ל״א", ["pesikta-rabbati/31"], "a number without a word"),
    ("מדרש תהלים קמ״ז", ["midrash-tehillim/147"], "a Midrash on a book of verses"),
    ("(שוחר טוב קמז)", ["midrash-tehillim/147"], "brackets, a bare numeral"),
    ("ספרי פיסקא מג", ["sifrei/43"], "the word piska"),
    ("ילקוט שמעוני על נ״ך תצ״ט", ["yalkut-shimoni-nach/499"], "the part named"),
    (
        "ילקוט שמעוני ישעיה רמז תצ״ט",
        ["yalkut-shimoni-nach/499"],
        "the book decides the part",
    ),
    ("בפרקי דרבי אליעזר פ״ל", ["pirkei-derabbi-eliezer/30"], "a prefix"),
]

NAMED_ENGLISH = [
    ("Tanchuma, Noach 11", ["tanchuma/noach.11"], "portion and number"),
    ("Midrash Tanchuma, Nitzavim 1", ["tanchuma/nitzavim.1"], "the title in full"),
    ("Tanhuma, Noah 11", ["tanchuma/noach.11"], "a scholar's spelling"),
    ("Tanchuma (Noach 11)", ["tanchuma/noach.11"], "the place in brackets"),
    ("Tanchuma, Parshas Noach, 11", ["tanchuma/noach.11"], "the word Parshas"),
    ("Tanchuma Ki Sisa 13", ["tanchuma/ki-sisa.13"], "a portion of two words"),
    ("Tanch. Toldos 14", ["tanchuma/toldos.14"], "a short title"),
    ("Tanchuma, Shoftim 9", ["tanchuma/shoftim.9"], "a portion that is also a book"),
    ("Tanchuma Noach, siman 11", ["tanchuma/noach.11"], "the word siman"),
    ("Tanchuma, Bechukosai 3-4", ["tanchuma/bechukosai.3-4"], "a range"),
    (
        "Tanchuma, Noach 11, Nitzavim 1",
        ["tanchuma/noach.11", "tanchuma/nitzavim.1"],
        "a list of portions",
    ),
    ("Orot, Eretz Yisrael 1", ["orot/eretz-yisrael.1"], "a part that is no portion"),
    (
        "Shelah, Toldos Adam, Beis David",
        ["shelah/beis-david"],
        "a part in two steps without a number",
    ),
]

NAMED_HEBREW = [
    ("תנחומא נח יא", ["tanchuma/noach.11"], "bare words"),
    ("מדרש תנחומא, נצבים א׳", ["tanchuma/nitzavim.1"], "the title in full"),
    ("תנחומא פרשת נח סימן יא", ["tanchuma/noach.11"], "the words in full"),
    ("תנחומא (נח, יא)", ["tanchuma/noach.11"], "the place in brackets"),
    ("תנחומא כי תשא יג", ["tanchuma/ki-sisa.13"], "a portion of two words"),
    ("תנח׳ תולדות יד", ["tanchuma/toldos.14"], "a short title"),
    ("במדרש תנחומא שופטים ט", ["tanchuma/shoftim.9"], "a prefix"),
    ("תנחומא פ׳ נח סי׳ יא", ["tanchuma/noach.11"], "letters for the words"),
    ("תנחומא בחוקותי ג-ד", ["tanchuma/bechukosai.3-4"], "a range"),
    ("אורות, ארץ ישראל א", ["orot/eretz-yisrael.1"], "a part that is no portion"),
    ("של״ה, תולדות אדם, בית דוד", ["shelah/beis-david"], "a part in two steps"),
]

WHOLE_ENGLISH = [
    ("Igeres Teiman", ["igeres-teiman/whole"], "a title alone"),
    ("He wrote Iggeret Teiman then.", ["igeres-teiman/whole"], "in a sentence"),
    ("the Rambam's Igeres Teiman", ["igeres-teiman/whole"], "the author with 's"),
    ("Ramchal, Maamar HaGeulah", ["maamar-hageulah/whole"], "the author, a comma"),
    ("Ma’amar HaGeulah", ["maamar-hageulah/whole"], "a curly apostrophe"),
    ("(Vayoel Moshe)", ["vayoel-moshe/whole"], "brackets"),
    (
        "VaYoel Moshe and Derishas Tzion",
        ["vayoel-moshe/whole", "derishas-tzion/whole"],
        "two titles joined by “and”",
    ),
    ("“Sefer HaGeulah”", ["sefer-hageulah/whole"], "quotation marks"),
    ("Drishas Zion", ["derishas-tzion/whole"], "another spelling"),
    ("Vilna Gaon (Kol HaTor).", ["kol-hator/whole"], "a book of chapters named whole"),
]

WHOLE_HEBREW = [
    ("אגרת תימן", ["igeres-teiman/whole"], "a title alone"),
    ("כמ״ש באגרת תימן", ["igeres-teiman/whole"], "a prefix"),
    ("(אגרת תימן)", ["igeres-teiman/whole"], "brackets"),
    ("אִגֶּרֶת תֵּימָן", ["igeres-teiman/whole"], "points"),
    ("רמח״ל (מאמר הגאולה)", ["maamar-hageulah/whole"], "the author outside"),
    ("בספר דרישת ציון", ["derishas-tzion/whole"], "the word for book"),
    ("ויואל משה", ["vayoel-moshe/whole"], "a title that begins with vav"),
    ("„ספר הגאולה”", ["sefer-hageulah/whole"], "low and high quotation marks"),
    ("רמב״ם, אגרת תימן", ["igeres-teiman/whole"], "the author, a comma"),
]
