"""How a reader wants the pages to look: a cookie that the server reads.

The cookie holds the four choices divided by full stops, as `both.all.0.auto`.
What cannot be read in it counts as not chosen: a cookie is never an error.
"""

from dataclasses import asdict, dataclass, replace

from django.conf import settings

ONE_YEAR = 365 * 24 * 60 * 60  # seconds

# Each choice, and its values as they stand in an address.
CHOICES = {
    "text": ("both", "he", "en"),
    "vowels": ("all", "none"),
    "size": ("-1", "0", "1", "2"),
    "theme": ("auto", "light", "dark"),
}


class WrongChoice(ValueError):
    """A value that is none of the choices; the message is a sentence for a person."""


@dataclass(frozen=True)
class ReadingSettings:
    """The four choices of one reader; a visitor without a cookie has the usual ones."""

    text: str = "both"
    vowels: str = "all"
    size: int = 0
    theme: str = "auto"

    @classmethod
    def from_request(cls, request):
        """What the request's cookie asks for."""
        return cls.from_cookie(request.COOKIES.get(settings.READING_COOKIE_NAME, ""))

    @classmethod
    def from_cookie(cls, cookie):
        """Read the cookie's value, each part by itself."""
        read = cls()
        for (name, allowed), value in zip(
            CHOICES.items(), cookie.split("."), strict=False
        ):
            if value in allowed:
                read = read.choosing(name, value)
        return read

    def choosing(self, name, value):
        """These settings with one choice made anew.

        `name` and `value` are words of an address. Raises WrongChoice.
        """
        if value not in CHOICES[name]:
            allowed = ", ".join(CHOICES[name])
            raise WrongChoice(f"The setting “{name}” can be one of: {allowed}.")
        return replace(self, **{name: int(value) if name == "size" else value})

    @property
    def cookie(self):
        """The value of the cookie that holds these settings."""
        return ".".join(str(value) for value in asdict(self).values())

    def keep_in(self, response):
        """Set the cookie on a response, for a year."""
        response.set_cookie(
            settings.READING_COOKIE_NAME,
            self.cookie,
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def context(request):
    """Context processor: `reading` in every template."""
    return {"reading": ReadingSettings.from_request(request)}
