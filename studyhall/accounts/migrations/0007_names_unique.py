from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No two names look alike; after the rows are written, in a transaction apart."""

    dependencies = [("accounts", "0006_names_and_tallies")]

    operations = [
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(
                fields=["folded_name"],
                condition=~Q(folded_name=""),
                name="no_two_names_look_alike",
            ),
        ),
    ]
