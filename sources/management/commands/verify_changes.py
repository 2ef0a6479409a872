"""Verify that no change of the library's record was altered or taken out."""

from django.core.management.base import BaseCommand, CommandError

from sources import verifying
from sources.models import Change

EVERY = 500  # rows between two words on the progress
WHAT_TO_DO = (
    "Keep this database as it is, compare it with a backup from before (restored into "
    "another), and find out who can write the database without the site."
)


class Command(BaseCommand):
    help = "Verify the chain of changes, and name each changed or missing row."

    def add_arguments(self, parser):
        parser.add_argument(
            "--records",
            action="store_true",
            help="Compare each record with its last change too.",
        )

    def handle(self, *, records, **options):
        found = self._said(verifying.problems_of_changes(self._progress))
        if records:
            found += self._said(verifying.problems_of_records(self._progress))
        generated = verifying.never_saved()
        if generated:
            self.stdout.write(
                f"{generated} records were generated and never saved: no change of "
                "them is kept."
            )
        if found:
            problems = "problem" if found == 1 else "problems"
            raise CommandError(f"{found} {problems} found. {WHAT_TO_DO}")
        return f"{Change.objects.count()} changes verified: all are whole"

    def _said(self, problems):
        """Write each problem out as it is found; how many there were."""
        count = 0
        for problem in problems:
            self.stdout.write(problem)
            count += 1
        return count

    def _progress(self, done, count):
        if done % EVERY == 0 or done == count:
            end = "\n" if done == count else ""
            self.stderr.write(f"\r{done}/{count}", ending=end)
            self.stderr.flush()
