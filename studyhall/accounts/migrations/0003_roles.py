from django.db import migrations

from studyhall.accounts import roles


def make_roles(apps, schema_editor):
    labels = ("sources", "accounts", "auth")
    roles.grant(apps, labels, roles.OF_THE_LIBRARY)


class Migration(migrations.Migration):
    """The groups editor, reviewer, moderator and keeper, with what each may do."""

    dependencies = [
        ("accounts", "0002_cache_table"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sources", "0005_proposals"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
