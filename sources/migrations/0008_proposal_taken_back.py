from django.db import migrations, models
from django.db.models import Q

NAME = "proposal_outcome_is_known"
OUTCOMES = [
    ("", "waiting"),
    ("accepted", "accepted"),
    ("declined", "declined"),
    ("superseded", "replaced by a later one"),
    ("withdrawn", "taken back by who asked it"),
]


class Migration(migrations.Migration):
    """A proposal may be taken back by who wrote what it was made of."""

    dependencies = [("sources", "0007_proposal_without_account")]

    operations = [
        migrations.RemoveConstraint(model_name="proposal", name=NAME),
        migrations.AlterField(
            model_name="proposal",
            name="outcome",
            field=models.CharField(
                blank=True, choices=OUTCOMES, default="", max_length=10
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=Q(outcome__in=[value for value, _label in OUTCOMES]),
                name=NAME,
            ),
        ),
    ]
