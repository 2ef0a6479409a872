import getpass
import os

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from studyhall.accounts import addresses
from studyhall.accounts.models import User, fold_email
from studyhall.accounts.roles import ROLES

PASSWORD_VARIABLE = "EDITOR_PASSWORD"


@transaction.atomic
def make_editor(email, name, password, role=""):
    """Save an account that may enter the admin: of a role, or one that may do all.

    Raises ValidationError, with a sentence for each thing that is wrong.
    """
    editor = User(email=fold_email(email), display_name=name, is_staff=True)
    editor.is_superuser = not role
    editor.full_clean(exclude=["password"])
    validate_password(password, editor)
    editor.set_password(password)
    editor.save()
    addresses.verify(editor)
    if role:
        editor.groups.add(Group.objects.get(name=role))
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
        parser.add_argument(
            "--role", choices=ROLES, default="", help="without it: may do everything"
        )
        parser.add_argument("--noinput", action="store_true", help="ask nothing")

    def handle(self, *, email, name, role, noinput, **options):
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if not noinput:
            email = email or input("E-mail address: ")
            name = name or input("Name that others see: ")
            password = password or getpass.getpass("Password: ")
        try:
            editor = make_editor(email, name, password, role)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return f"{editor.email} may now sign in at /admin/."
