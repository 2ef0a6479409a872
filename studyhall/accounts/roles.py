"""The site's roles: groups that come with it, and what each may do.

Migrations grant; from then on the groups are the keepers' to change in the admin.
"""

from django.contrib.auth.management import create_permissions

EDITOR, REVIEWER, MODERATOR, KEEPER = "editor", "reviewer", "moderator", "keeper"
ROLES = (EDITOR, REVIEWER, MODERATOR, KEEPER)

WRITTEN = ("source", "work", "author", "topic", "path", "essay")
REVIEWED = ("source", "topic", "path", "essay")
KEPT = ("question", "position")
READ = (*WRITTEN, *KEPT, "change", "proposal", "formeraddress")


def _each(deeds, models, app="sources"):
    return {f"{app}.{deed}_{model}" for deed in deeds for model in models}


# What each role may do in the library; a later app grants its own.
OF_THE_LIBRARY = {
    MODERATOR: _each(["view"], READ),
    EDITOR: _each(["view"], READ) | _each(["add", "change"], WRITTEN),
}
OF_THE_LIBRARY[REVIEWER] = (
    OF_THE_LIBRARY[EDITOR]
    | _each(["publish"], REVIEWED)
    | _each(["change"], ["proposal"])
)
OF_THE_LIBRARY[KEEPER] = (
    OF_THE_LIBRARY[REVIEWER]
    | _each(["add", "change"], KEPT)
    | _each(["add", "change", "view"], ["user"], app="accounts")
    | _each(["view"], ["group"], app="auth")
)


def grant(apps, labels, permissions):
    """In a migration: give each role the permissions named, "app.codename".

    `labels` are the apps whose permissions they are: Django makes these only
    after the last migration, and here they are needed now.
    """
    for label in labels:
        state = apps.get_app_config(label)
        state.models_module = True  # a migration's stub has none, and is passed over
        create_permissions(state, apps=apps, verbosity=0)
        state.models_module = None
    rows = apps.get_model("auth", "Permission").objects.select_related("content_type")
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    for role, names in permissions.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(*(known[name] for name in sorted(names)))
