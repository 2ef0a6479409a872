"""The desk on the admin's first page."""

from django import template

from sources import desk

register = template.Library()


@register.simple_tag(takes_context=True)
def worklist(context):
    """The groups of what waits for the user who asks."""
    return desk.for_user(context["request"].user)
