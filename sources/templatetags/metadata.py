"""What the head of every page says of it to machines, each thing written once."""

from django import template

from sources.pages import linked_data

register = template.Library()


@register.simple_block_tag
def keep(content):
    """The words between `{% keep as name %}` and `{% endkeep %}`, for later."""
    return content


@register.simple_tag(takes_context=True)
def json_ld(context):
    """The page's linked data and the way to it, as a data block; nothing for none.

    Reads `linked_data` and `crumbs`; addresses become absolute by the request.
    """
    things = list(context.get("linked_data") or ())
    crumbs = context.get("crumbs") or ()
    if len(crumbs) > 1:
        things.append(linked_data.breadcrumbs(crumbs))
    if not things:
        return ""
    return linked_data.script(things, context["request"].build_absolute_uri)
