"""The user model, ours from the first migration; who is invited; what is counted."""

import hashlib

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    Group,
    PermissionsMixin,
)
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studyhall.accounts.names import clean_name, folded
from studyhall.keeping.marks import raise_mark

NAME_TAKEN = _("This name, or one that looks like it, is taken: choose another.")


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

    def of_name(self, name):
        """Whoever is shown by this name, or by one that looks like it."""
        return self.exclude(folded_name="").filter(folded_name=folded(name))

    def known_as(self, said):
        """The account of an address or, where it is none, of a name; or None."""
        said = said.strip()
        is_address = "@" in said
        rows = self.filter(email=fold_email(said)) if is_address else self.of_name(said)
        return rows.first()


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
    folded_name = models.CharField(max_length=200, blank=True, editable=False)
    wants_mail = models.BooleanField(
        _("mail when the words under a note of mine change"), default=False
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
            models.UniqueConstraint(Lower("email"), name="email_unique_without_case"),
            models.UniqueConstraint(
                fields=["folded_name"],
                condition=~Q(folded_name=""),
                name="no_two_names_look_alike",
            ),
        ]

    def __str__(self):
        return self.display_name or self.email

    def save(self, *args, **kwargs):
        """Every way in keeps the address in its one form, and the name's skeleton."""
        self.email = fold_email(self.email)
        self.folded_name = folded(self.display_name)
        if "display_name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*kwargs["update_fields"], "folded_name"]
        with transaction.atomic():
            was_named = self._is_renamed(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            if was_named:
                raise_mark("names")  # pages that name this person are out of date

    def _is_renamed(self, fields):
        """Whether saving these fields, None for all, changes a name that stood."""
        if self.pk is None or (fields is not None and "display_name" not in fields):
            return False
        stored = User.objects.filter(pk=self.pk)
        return stored.exclude(display_name=self.display_name).exists()

    def clean(self):
        """Fold first, so that the form itself finds an address or a name taken."""
        super().clean()
        self.email = fold_email(self.email)
        stored = User.objects.filter(pk=self.pk, display_name=self.display_name)
        if self.display_name and not (self.pk and stored.exists()):
            self._clean_name()

    def _clean_name(self):
        try:
            self.display_name = clean_name(self.display_name)
        except ValidationError as error:
            raise ValidationError({"display_name": error}) from error
        if User.objects.of_name(self.display_name).exclude(pk=self.pk).exists():
            raise ValidationError({"display_name": NAME_TAKEN})
        self.folded_name = folded(self.display_name)

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name


def digest_of(token):
    """What is kept of the token in an invitation's link: not the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that can be accepted now."""
        return self.filter(
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires__gt=timezone.now(),
        )

    def of_token(self, token):
        """The open invitation whose link holds this token, as a QuerySet of one."""
        return self.open().filter(digest=digest_of(token))


class Invitation(models.Model):
    """A link, sent to an address, with which one person makes an account once."""

    email = models.EmailField(_("e-mail address"))
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        related_name="+",
        verbose_name=_("role"),
        help_text=_(
            "An editor writes drafts; a reviewer also publishes what others wrote; a "
            "moderator decides on readers’ notes; a keeper does all of it."
        ),
    )
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    at = models.DateTimeField(_("sent"))
    expires = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="invitation"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, user__isnull=True)
                | Q(accepted_at__isnull=False, user__isnull=False),
                name="accepted_by_a_user",
            )
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        self.email = fold_email(self.email)
        super().save(*args, **kwargs)

    @property
    def is_open(self):
        ended = self.accepted_at or self.revoked_at
        return not ended and self.expires > timezone.now()

    @property
    def standing(self):
        """What became of it, in one word."""
        if self.accepted_at:
            return _("accepted")
        if self.revoked_at:
            return _("revoked")
        return _("waiting") if self.is_open else _("expired")


class Tally(models.Model):
    """How often a thing was done in one window of time; written by `limits` alone."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.key
