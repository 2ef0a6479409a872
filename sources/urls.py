"""The library's addresses. They never change without leaving a redirect."""

from django.urls import path

from sources.pages.about import about, accessibility
from sources.pages.author import author
from sources.pages.browse import sources
from sources.pages.cite import cite
from sources.pages.compare import compare
from sources.pages.compare_choose import compare_choose
from sources.pages.contested import contested
from sources.pages.editing import editing
from sources.pages.essay import essay
from sources.pages.glossary import glossary
from sources.pages.history import history, history_at
from sources.pages.method import method
from sources.pages.path import path as path_page
from sources.pages.path import path_step, paths
from sources.pages.position import position
from sources.pages.question import picture_stylesheet, question
from sources.pages.reference_json import reference_json
from sources.pages.search import search
from sources.pages.settings import reading_settings
from sources.pages.sitemap import favicon, robots, sitemap, sitemap_of
from sources.pages.source import source, work_of_sources
from sources.pages.suggest import search_suggest
from sources.pages.topic import topic, topics
from sources.pages.whole_chain import chain
from sources.pages.work import work

urlpatterns = [
    path("", question, name="question"),
    path("positions/<slug:slug>/", position, name="position"),
    path("sources/", sources, name="sources"),
    path("sources/<slug:work>/", work_of_sources, name="work_of_sources"),
    path("sources/<slug:work>/<str:place>/", source, name="source"),
    path("sources/<slug:work>/<str:place>/chain/", chain, name="chain"),
    path("sources/<slug:work>/<str:place>/cite/", cite, name="cite"),
    path("sources/<slug:work>/<str:place>/history/", history, name="history"),
    path(
        "sources/<slug:work>/<str:place>/history/<int:number>/",
        history_at,
        name="history_at",
    ),
    path("compare/", compare_choose, name="compare_choose"),
    path("compare/<str:one>/<str:other>/", compare, name="compare"),
    path("contested/", contested, name="contested"),
    path("works/<slug:slug>/", work, name="work"),
    path("paths/", paths, name="paths"),
    path("paths/<slug:slug>/", path_page, name="path"),
    path("paths/<slug:slug>/<int:number>/", path_step, name="path_step"),
    path("essays/<slug:slug>/", essay, name="essay"),
    path("topics/", topics, name="topics"),
    path("topics/<str:slug>/", topic, name="topic"),
    path("authors/<slug:slug>/", author, name="author"),
    path("method/", method, name="method"),
    path("glossary/", glossary, name="glossary"),
    path("about/", about, name="about"),
    path("about/editing/", editing, name="editing"),
    path("accessibility/", accessibility, name="accessibility"),
    path("references/", reference_json, name="reference_json"),
    path("search/", search, name="search"),
    path("search/suggest/", search_suggest, name="search_suggest"),
    path("settings/", reading_settings, name="reading_settings"),
    path("picture-<int:stamp>.css", picture_stylesheet, name="picture_stylesheet"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_of, name="sitemap_of"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]
