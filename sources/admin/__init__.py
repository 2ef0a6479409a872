"""The editors' side: a module for each noun, on the base that saves by the gate."""

from django.contrib import admin

from sources.admin import (
    ledger,
    proposal,
    question,
    reading,
    source,
    topic,
    work,
)

__all__ = ["ledger", "proposal", "question", "reading", "source", "topic", "work"]

admin.site.site_header = admin.site.site_title = "studyhall"
admin.site.index_title = "The editors’ desk"
