"""The addresses of accounts, as allauth keeps them beside `User.email`."""

from allauth.account.models import EmailAddress


def verify(user):
    """Note that the user's address is known to be theirs: nobody asks them to show it.

    For accounts that the site's own people made, or that an e-mail's link has opened.
    """
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )


def doubt(user):
    """Someone else wrote the user's address: it is asked for at the next sign-in."""
    EmailAddress.objects.filter(user=user).delete()
