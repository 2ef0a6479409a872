"""The desk on the admin's first page."""

from django import template
from django.utils.safestring import SafeData

from sources import desk
from sources.templatetags.sources import mixed

register = template.Library()


@register.simple_tag(takes_context=True)
def worklist(context):
    """The groups of what waits for the user who asks."""
    return desk.for_user(context["request"].user)


@register.filter
def told(sentence):
    """What a follower of the library says: HTML of its own, or plain text."""
    return sentence if isinstance(sentence, SafeData) else mixed(sentence)
