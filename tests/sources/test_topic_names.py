"""Topics are divided by commas only, and one name is one topic however it is marked."""

from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase
from taggit.utils import edit_string_for_tags, parse_tags

from sources.topics import join_names, split_names
from tests import make


class NamesInOneLineTests(SimpleTestCase):
    def test_quote_marks_are_letters(self):
        self.assertEqual(parse_tags('רש"י, רמב״ן'), ['רש"י', "רמב״ן"])

    def test_a_name_of_several_words_is_one_topic(self):
        self.assertEqual(parse_tags("Mashiach ben Yosef"), ["Mashiach ben Yosef"])

    def test_empty_and_repeated_names_are_left_out(self):
        self.assertEqual(split_names(" a,, b ,a, "), ["a", "b"])


class TopicNamesTests(TestCase):
    def test_names_are_written_as_they_are_read(self):
        topics = [make.topic('רש"י'), make.topic("The oaths")]
        self.assertEqual(join_names(topics), 'רש"י, The oaths')
        self.assertEqual(edit_string_for_tags(topics), 'רש"י, The oaths')

    def test_two_spellings_of_one_name_are_refused(self):
        make.topic('רש"י')
        with self.assertRaises(IntegrityError), transaction.atomic():
            make.topic("רש״י")

    def test_a_source_lists_its_topics_as_tags(self):
        topic = make.topic("The oaths")
        source = make.source(topics=[topic])
        self.assertEqual(list(source.topics.all()), [topic])
