"""The user model, ours from the first migration."""

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def fold_email(email):
    """The one form in which an address is kept and looked for: no capitals."""
    return email.strip().lower()


class UserManager(BaseUserManager):
    """Makes users, and finds one by the address typed in any case."""

    def create_user(self, email, password=None, **fields):
        """A user who can sign in with this address.

        Raises ValueError for an empty address. Without a password none will fit.
        """
        if not fold_email(email or ""):
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=fold_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """A user who may do everything in the admin."""
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, email):
        """The user of this address, however its letters are written."""
        return self.get(email=fold_email(email))


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: known by an e-mail address, shown by a name."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("This e-mail address has an account already.")},
    )
    display_name = models.CharField(
        _("display name"),
        max_length=80,
        help_text=_("The name that others see."),
    )
    is_staff = models.BooleanField(
        _("may enter the admin"),
        default=False,
        help_text=_("Editors may; readers may not."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch this off instead of deleting an account."),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_unique_without_case")
        ]

    def __str__(self):
        return self.display_name or self.email

    def save(self, *args, **kwargs):
        """Every way in keeps the address in its one form."""
        self.email = fold_email(self.email)
        super().save(*args, **kwargs)

    def clean(self):
        """Fold first, so that the form itself finds an address that is taken."""
        super().clean()
        self.email = fold_email(self.email)

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name
