from django.db import migrations


def verify(apps, schema_editor):
    """Whoever has an account is not asked to show again that the address is theirs."""
    alias = schema_editor.connection.alias
    users = apps.get_model("accounts", "User").objects.using(alias)
    addresses = apps.get_model("account", "EmailAddress").objects.using(alias)
    known = set(addresses.values_list("user_id", flat=True))
    rows = users.exclude(email="").exclude(pk__in=known).values_list("pk", "email")
    addresses.bulk_create(
        addresses.model(user_id=key, email=email.lower(), verified=True, primary=True)
        for key, email in rows
    )


class Migration(migrations.Migration):
    """A verified address for each account that there was before sign-up came."""

    dependencies = [
        ("accounts", "0007_names_unique"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
