import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A proposal may come from someone without an account."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sources", "0006_change_of_a_kind"),
    ]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="by",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for someone without an account.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="proposed by",
            ),
        ),
    ]
