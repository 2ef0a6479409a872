from django.db import migrations

from studyhall.accounts import roles

RIGHTS = {f"accounts.{deed}_invitation" for deed in ("add", "change", "view")}


def let_keepers_invite(apps, schema_editor):
    roles.grant(apps, ("accounts",), {roles.KEEPER: RIGHTS})


class Migration(migrations.Migration):
    """Keepers invite others by e-mail."""

    dependencies = [("accounts", "0004_invitation"), ("accounts", "0003_roles")]

    operations = [migrations.RunPython(let_keepers_invite, migrations.RunPython.noop)]
