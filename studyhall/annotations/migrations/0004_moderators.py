from django.db import migrations

from studyhall.accounts import roles

DECIDE = {"annotations.moderate_annotation"}


def let_moderators_decide(apps, schema_editor):
    roles.grant(apps, ("annotations",), {roles.MODERATOR: DECIDE, roles.KEEPER: DECIDE})


class Migration(migrations.Migration):
    """Moderators and keepers decide on readers' notes."""

    dependencies = [
        ("annotations", "0003_corrections"),
        ("accounts", "0005_keepers_invite"),
    ]

    operations = [
        migrations.RunPython(let_moderators_decide, migrations.RunPython.noop)
    ]
