from django.db import migrations, models

from studyhall.accounts.names import folded

LONGEST = 80


def tell_apart(apps, schema_editor):
    """Keep the first of two names that look alike; number the others."""
    users = apps.get_model("accounts", "User").objects.using(
        schema_editor.connection.alias
    )
    taken = set()
    for user in users.order_by("pk").iterator():
        name, number = user.display_name, 2
        while folded(name) in taken:
            end = f" {number}"
            name = user.display_name[: LONGEST - len(end)] + end
            number += 1
        taken |= {folded(name)} - {""}
        users.filter(pk=user.pk).update(display_name=name, folded_name=folded(name))


class Migration(migrations.Migration):
    """Names that cannot be taken for one another; what limits count."""

    dependencies = [("accounts", "0005_keepers_invite")]

    operations = [
        migrations.AddField(
            "user",
            "folded_name",
            models.CharField(blank=True, editable=False, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "user",
            "wants_mail",
            models.BooleanField(
                default=False,
                verbose_name="mail when the words under a note of mine change",
            ),
        ),
        migrations.CreateModel(
            "Tally",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop, elidable=False),
    ]
