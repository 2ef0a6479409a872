"""The library's addresses. They never change without leaving a redirect."""

from django.urls import path

from sources.pages.browse import sources
from sources.pages.position import position
from sources.pages.question import picture_stylesheet, question
from sources.pages.search import search
from sources.pages.settings import reading_settings
from sources.pages.source import source, work_of_sources
from sources.pages.topic import topic, topics
from sources.pages.work import work

urlpatterns = [
    path("", question, name="question"),
    path("positions/<slug:slug>/", position, name="position"),
    path("sources/", sources, name="sources"),
    path("sources/<slug:work>/", work_of_sources, name="work_of_sources"),
    path("sources/<slug:work>/<str:place>/", source, name="source"),
    path("works/<slug:slug>/", work, name="work"),
    path("topics/", topics, name="topics"),
    path("topics/<str:slug>/", topic, name="topic"),
    path("search/", search, name="search"),
    path("settings/", reading_settings, name="reading_settings"),
    path("picture-<int:stamp>.css", picture_stylesheet, name="picture_stylesheet"),
]
