"""Who may give which role to whom: nobody gives away more than they hold."""

from django.contrib.auth.models import Group


def roles_from(user):
    """The groups that this user may give: those that may nothing that they may not."""
    groups = Group.objects.order_by("pk")
    if user.is_superuser:
        return groups
    own = user.get_all_permissions()
    fitting = [
        group.pk
        for group in groups.prefetch_related("permissions__content_type")
        if {_name(right) for right in group.permissions.all()} <= own
    ]
    return groups.filter(pk__in=fitting)


def may_manage(user, other):
    """Whether a user may change the account of another who may do no more than they."""
    if user.is_superuser:
        return True
    if other.is_superuser:
        return False
    # As if active: whoever is switched off may be switched on again.
    rights = other.user_permissions.select_related("content_type")
    of_groups = Group.objects.filter(user=other).exclude(pk__in=roles_from(user))
    own = user.get_all_permissions()
    return not of_groups.exists() and {_name(right) for right in rights} <= own


def _name(right):
    return f"{right.content_type.app_label}.{right.codename}"
