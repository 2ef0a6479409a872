"""Report what the library lacks."""

from django.core.management.base import BaseCommand, CommandError

from sources import gaps


class Command(BaseCommand):
    help = "Report what the library lacks, or where it may be wrong."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fail",
            action="store_true",
            help="End with an error when anything is found.",
        )

    def handle(self, *, fail, **options):
        found = gaps.find()
        for gap in found:
            self.stdout.write(f"{gap.title}: {len(gap.sentences)}")
            for sentence in gap.sentences:
                self.stdout.write(f"  {sentence}")
        count = sum(len(gap.sentences) for gap in found)
        if not count:
            return "The library has no gaps"
        said = f"{count} {'gap' if count == 1 else 'gaps'} in the library"
        if fail:
            raise CommandError(said)
        return said
