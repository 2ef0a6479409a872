"""What every answer tells the browser about what it may do."""

from django.conf import settings
from django.urls import reverse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
    )
)
# The admin's jQuery hands strings to the document, which this one refuses.
NOT_IN_ADMIN = "require-trusted-types-for"


def policy(without=()):
    """SECURE_CSP as one header's value, leaving out the directives named."""
    return "; ".join(
        " ".join([directive, *sources])
        for directive, sources in settings.SECURE_CSP.items()
        if directive not in without
    )


class SecurityHeaders:
    """Middleware: the policies that hold for pages, files and errors alike.

    Written with the names of Django 6 (SECURE_CSP), which can take its place.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy, self.in_admin = policy(), policy(without={NOT_IN_ADMIN})
        # Django's own middleware is not asked where a request is refused before it.
        self.everywhere = {
            "Permissions-Policy": PERMISSIONS_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def __call__(self, request):
        response = self.get_response(request)
        in_admin = request.path.startswith(reverse("admin:index"))
        chosen = self.in_admin if in_admin else self.policy
        response.headers.setdefault("Content-Security-Policy", chosen)
        for name, value in self.everywhere.items():
            response.headers.setdefault(name, value)
        return response
