"""The list of topics, and one topic."""

from django.test import TestCase

from sources.models import State, TopicLink, Work
from tests import make


class TopicsTests(TestCase):
    def test_lists_published_topics_with_the_count_of_visible_sources(self):
        topic = make.topic("Amidah", name_he="עמידה")
        make.topic("Hidden", state=State.DRAFT)
        make.source("17b", topics=[topic])
        make.source("18b", topics=[topic], state=State.DRAFT)
        page = self.client.get("/topics/")
        self.assertContains(page, "Amidah")
        self.assertContains(page, '<bdi lang="he" dir="rtl">עמידה</bdi>', html=True)
        self.assertContains(page, "1 source<")
        self.assertNotContains(page, "Hidden")

    def test_a_child_stands_under_its_parent(self):
        parent = make.topic("Prayer")
        make.topic("Amidah", parent=parent)
        [(first, children)] = self.client.get("/topics/").context["topics"]
        self.assertEqual(first.name, "Prayer")
        self.assertEqual([child.name for child in children], ["Amidah"])

    def test_an_empty_library_says_so(self):
        self.assertContains(self.client.get("/topics/"), "not published a topic yet")


class TopicPageTests(TestCase):
    def test_lists_its_sources_by_generation_with_why(self):
        topic = make.topic("Amidah", description="The *order* of the blessings.")
        late = make.work("late", era=Work.Era.MODERN, year_from=1900, year_to=1950)
        modern = make.source("3a", work=late, supports="after")
        old = make.source("17b", supports="before")
        for source, why in [(modern, "It sums up."), (old, "It begins.")]:
            TopicLink.objects.create(tag=topic, content_object=source, why=why)
        page = self.client.get(topic.get_absolute_url())
        listed = [link.content_object for link in page.context["links"]]
        self.assertEqual(listed, [old, modern])
        for words in ("It begins.", "Amoraim", "Modern", "<em>order</em>"):
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_a_hebrew_address_works(self):
        topic = make.topic("רש״י", slug="רשי")
        self.assertContains(self.client.get(topic.get_absolute_url()), "רש״י")

    def test_a_draft_topic_is_for_editors_alone(self):
        topic = make.topic("Hidden", state=State.DRAFT)
        address = topic.get_absolute_url()
        self.assertEqual(self.client.get(address).status_code, 404)
        self.client.force_login(make.editor())
        self.assertContains(self.client.get(address), "readers do not see this page")

    def test_draft_parents_and_children_are_not_named(self):
        parent = make.topic("Upper secret", state=State.DRAFT)
        topic = make.topic("Seen", parent=parent)
        make.topic("Lower secret", parent=topic, state=State.DRAFT)
        self.assertNotContains(self.client.get(topic.get_absolute_url()), "secret")

    def test_asks_as_many_queries_for_many_sources_as_for_one(self):
        topic = make.topic("Amidah")
        make.source("17b", topics=[topic], supports="before")
        with self.assertNumQueries(5):
            self.client.get(topic.get_absolute_url())
        for folio in range(20, 30):
            make.source(f"{folio}a", topics=[topic], supports="after")
        with self.assertNumQueries(5):
            self.client.get(topic.get_absolute_url())
