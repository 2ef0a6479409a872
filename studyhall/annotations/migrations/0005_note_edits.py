import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("commenting", "a thought"),
    ("questioning", "a question"),
    ("assessing", "I read it otherwise"),
    ("editing", "a mistake"),
    ("replying", "a reply"),
    ("highlighting", "a highlight"),
    ("bookmarking", "a bookmark"),
]
DIRECTIONS = [
    ("supports", "supports"),
    ("disputes", "weighs against"),
    ("qualifies", "qualifies"),
    ("background", "gives background"),
]
BASES = [
    ("explicit", "says so outright"),
    ("implied", "implies it"),
    ("inferred", "is read so by others"),
]
STATES = [
    ("waiting", "waits for a moderator"),
    ("returned", "returned to its writer"),
    ("applied", "stands in the note"),
]


class Migration(migrations.Migration):
    """An edit of a public note waits beside it until a moderator has read it."""

    dependencies = [
        ("annotations", "0004_moderators"),
        ("sources", "0008_proposal_taken_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("body", models.TextField(blank=True)),
                ("motivation", models.CharField(choices=KINDS, max_length=12)),
                (
                    "direction",
                    models.CharField(blank=True, choices=DIRECTIONS, max_length=10),
                ),
                ("basis", models.CharField(blank=True, choices=BASES, max_length=8)),
                ("tags", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(choices=STATES, default="waiting", max_length=8),
                ),
                ("at", models.DateTimeField()),
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edit",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.position",
                    ),
                ),
            ],
        ),
    ]
