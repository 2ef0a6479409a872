import getpass
import os

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from studyhall.accounts.models import User

PASSWORD_VARIABLE = "EDITOR_PASSWORD"


def make_editor(email, name, password):
    """Save an account that may enter the admin and do everything in it.

    Raises ValidationError, with a sentence for each thing that is wrong.
    """
    editor = User(email=email, display_name=name, is_staff=True, is_superuser=True)
    editor.clean()
    editor.full_clean(exclude=["password"])
    validate_password(password, editor)
    editor.set_password(password)
    editor.save()
    return editor


class Command(BaseCommand):
    help = (
        "Make an editor's account for the admin. What is not given is asked for; "
        f"the password may come from {PASSWORD_VARIABLE}."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("--email", default="")
        parser.add_argument("--name", default="", help="the name that others see")
        parser.add_argument("--noinput", action="store_true", help="ask nothing")

    def handle(self, *, email, name, noinput, **options):
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if not noinput:
            email = email or input("E-mail address: ")
            name = name or input("Name that others see: ")
            password = password or getpass.getpass("Password: ")
        try:
            editor = make_editor(email, name, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return f"{editor.email} may now sign in at /admin/."
