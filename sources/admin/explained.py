"""What a choice means, in a sentence with an example, beside its field."""


class Explained:
    """For a ModelAdmin or an inline: `helps` stands in place of a field's help.

    Kept here and not at the model, for it speaks of the form, and of examples that
    may change without a migration.
    """

    helps = {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.helps:
            field.help_text = self.helps[db_field.name]
        return field


SLUG = (
    "The name in the address, such as “two-stages”. Change it and the old address "
    "sends readers on."
)
IN_ORDER = "A lower number stands earlier; equal numbers stand as they were made."
HEBREW_NAME = "As Hebrew readers know it; points are welcome and stay as written."
MARKDOWN = (
    "A reference such as “Megillah 17b” links itself; a backslash before it stops "
    "that; *one star* on each side gives emphasis."
)
