"""Every URL pattern of the site: an example of its addresses, and what it answers.

`table()` has a Row for each route of the resolver: tests/floor/test_every_address.py
names the routes that are in one and not in the other. `{braces}` in an address stand
for a value of `WholeSiteCase.values`.
"""

from dataclasses import dataclass
from enum import Enum

from django.urls import URLPattern, get_resolver

VISITOR, READER, KEEPER = "visitor", "reader", "keeper"


class Kind(Enum):
    """What is answered, which tells its headers. Each value begins with who asks."""

    PAGE = VISITOR, "a page that every visitor gets alike"
    CHOICES = VISITOR, "the page of the reading settings, which a cookie changes"
    FORM = VISITOR, "a page with a form, which sets the cookie of its token"
    ENTRY = VISITOR, "a form that takes a password: no copy of it is kept anywhere"
    FEED = VISITOR, "Atom"
    DATA = VISITOR, "JSON, XML or text for machines"
    MOVED = VISITOR, "leads on"
    LED = VISITOR, "leads on by what the session holds"
    HEALTH = VISITOR, "plain words for whoever watches the site"
    OWN = READER, "a reader's own page"
    ACCOUNT = READER, "a page of an account: no copy of it is kept anywhere"
    TAKEN = READER, "a file for one reader alone"
    DEED = READER, "takes a form and shows none"
    STAFF = KEEPER, "a page of moderators and editors, in the site's look"
    ADMIN = KEEPER, "a page of the editors' desk"
    ADMIN_LED = KEEPER, "leads on, at the desk"
    ADMIN_DATA = KEEPER, "JSON for the desk's forms"
    ADMIN_SCRIPT = KEEPER, "the words of the desk's scripts"
    ADMIN_DEED = KEEPER, "takes a form and shows none, at the desk"
    ADMIN_REFUSED = KEEPER, "what nobody may do at the desk, or what is not there"

    @property
    def who(self):
        return self.value[0]


@dataclass(frozen=True)
class Row:
    """One route, an example of its addresses, what it answers and with which status."""

    route: str
    address: str
    kind: Kind
    status: int = 200

    def at(self, values):
        """The address with the values of a WholeSiteCase in it."""
        return self.address.format(**values)


PLACE, HERE = "sources/<slug:work>/<str:place>/", "/sources/megillah/17b/"
NOTE = "notes/<uuid:uuid>/"
PAGES = {
    "": "/",
    "positions/<slug:slug>/": "/positions/before/",
    "sources/": "/sources/",
    PLACE: HERE,
    f"{PLACE}chain/": f"{HERE}chain/",
    f"{PLACE}cite/": f"{HERE}cite/",
    f"{PLACE}history/": f"{HERE}history/",
    f"{PLACE}history/<int:number>/": f"{HERE}history/1/",
    "compare/": "/compare/?a=megillah:17b",
    "compare/<str:one>/<str:other>/": "/compare/megillah:17b/megillah:9b/",
    "contested/": "/contested/",
    "works/<slug:slug>/": "/works/megillah/",
    "paths/": "/paths/",
    "paths/<slug:slug>/": "/paths/the-order/",
    "paths/<slug:slug>/<int:number>/": "/paths/the-order/1/",
    "essays/<slug:slug>/": "/essays/why/",
    "topics/": "/topics/",
    "topics/<str:slug>/": "/topics/ingathering/",
    "authors/<slug:slug>/": "/authors/rashi/",
    "method/": "/method/",
    "glossary/": "/glossary/",
    "about/": "/about/",
    "about/editing/": "/about/editing/",
    "accessibility/": "/accessibility/",
    "search/": "/search/?q=gathered",
    "notes/": "/notes/",
    f"{PLACE}notes/": f"{HERE}notes/",
    "readers/<str:name>/": "/readers/Rivka/",
    "corrections/<uuid:key>/": "/corrections/{correction_key}/",
    "invitations/accepted/": "/invitations/accepted/",
    "accounts/closed/": "/accounts/closed/",
    "accounts/inactive/": "/accounts/inactive/",
    "accounts/password/reset/done/": "/accounts/password/reset/done/",
}
FORMS = {
    f"{PLACE}annotate/": f"{HERE}annotate/?line=1",
    f"{PLACE}correct/": f"{HERE}correct/?line=1",
    "accounts/password/reset/": "/accounts/password/reset/",
}
ENTRIES = {
    "invitations/<str:token>/": "/invitations/{token}/",
    "accounts/login/": "/accounts/login/",
    "accounts/signup/": "/accounts/signup/",
}
FEEDS = {
    f"{PLACE}notes.atom": f"{HERE}notes.atom",
    "topics/<str:slug>/notes.atom": "/topics/ingathering/notes.atom",
    "readers/<str:name>/notes.atom": "/readers/Rivka/notes.atom",
}
DATA = {
    "references/": "/references/?q=Megillah%2017b",
    "search/suggest/": "/search/suggest/?q=gath",
    "sitemap.xml": "/sitemap.xml",
    "sitemap-<slug:section>.xml": "/sitemap-sources.xml",
    "robots.txt": "/robots.txt",
}
MOVED = {
    NOTE: "/notes/{note}/",
    "sources/<slug:work>/": "/sources/megillah/",
    "picture-<int:stamp>.css": "/picture-1.css",
    "favicon.ico": "/favicon.ico",
    "accounts/confirm-email/": "/accounts/confirm-email/",
    "accounts/password/set/": "/accounts/password/set/",
    "accounts/password/reset/confirm/": "/accounts/password/reset/confirm/",
    "accounts/password/reset/complete/": "/accounts/password/reset/complete/",
}
FOR_EVER = {"sources/<slug:work>/"}
ACCOUNT = {
    "me/": "/me/",
    "me/settings/": "/me/settings/",
    "me/delete/": "/me/delete/",
}
OWN = {
    "me/notes/": "/me/notes/",
    "me/export/": "/me/export/",
    "me/notices/": "/me/notices/",
    f"{NOTE}edit/": "/notes/{note}/edit/",
    f"{NOTE}delete/": "/notes/{note}/delete/",
    f"{NOTE}history/": "/notes/{note}/history/",
    f"{NOTE}attach/": "/notes/{adrift}/attach/",
    f"{NOTE}decisions/": "/notes/{decided}/decisions/",
    f"{NOTE}reply/": "/notes/{foreign}/reply/",
    f"{NOTE}flag/": "/notes/{foreign}/flag/",
    "accounts/logout/": "/accounts/logout/",
    "accounts/reauthenticate/": "/accounts/reauthenticate/",
    "accounts/email/": "/accounts/email/",
    "accounts/password/change/": "/accounts/password/change/",
}
STAFF = {
    "moderation/": "/moderation/",
    "moderation/flagged/": "/moderation/flagged/",
    "moderation/decided/": "/moderation/decided/",
    "moderation/corrections/": "/moderation/corrections/",
    "moderation/corrections/<int:number>/": "/moderation/corrections/{correction}/",
    "moderation/readings/": "/moderation/readings/",
    "moderation/readings/<uuid:uuid>/": "/moderation/readings/{reading}/",
}
DEEDS = {
    f"{PLACE}highlight/": f"{HERE}highlight/?line=1",
    f"{PLACE}bookmark/": f"{HERE}bookmark/?line=1",
    f"{NOTE}restore/": "/notes/{deleted}/restore/",
    "moderation/notes/<uuid:uuid>/": "/moderation/notes/{waiting}/",
    "moderation/spam/": "/moderation/spam/",
    "moderation/acts/<int:key>/undo/": "/moderation/acts/{act}/undo/",
}
# Each kind of record at the desk: what stands for its key, and what nobody may do.
DESK = {
    "auth/group": ("group", ()),
    "account/emailaddress": ("address", ()),
    "sources/change": ("change", ("add", "delete")),
    "sources/formeraddress": ("former", ("add", "delete")),
    "sources/proposal": ("proposal", ("add", "delete")),
    "sources/question": ("question", ("delete",)),
    "sources/position": ("position", ("delete",)),
    "sources/path": ("path", ("delete",)),
    "sources/essay": ("essay", ("delete",)),
    "sources/source": ("source", ("delete",)),
    "sources/topic": ("topic", ("delete",)),
    "sources/author": ("author", ("delete",)),
    "sources/work": ("work", ("delete",)),
    "accounts/user": ("user", ("add", "delete")),
    "accounts/invitation": ("invitation", ("delete",)),
}
EXCHANGED = (
    "question",
    "position",
    "path",
    "essay",
    "source",
    "topic",
    "author",
    "work",
)
IMPORTED = ("source", "work")
KEY = "<path:object_id>/"
OF_DESK = [
    ("", "", Kind.ADMIN),
    ("password_change/", "password_change/", Kind.STAFF),
    ("password_change/done/", "password_change/done/", Kind.STAFF),
    ("^(?P<app_label>account|sources|auth|accounts)/$", "sources/", Kind.ADMIN),
    ("sources/source/desk/<slug:name>/", "sources/source/desk/proposals/", Kind.ADMIN),
    (
        "sources/source/merge/",
        "sources/source/merge/?kept={source}&gone={other}",
        Kind.ADMIN,
    ),
    (
        "sources/topic/merge/",
        "sources/topic/merge/?kept={topic}&gone={other_topic}",
        Kind.ADMIN,
    ),
    (
        "autocomplete/",
        "autocomplete/?app_label=sources&model_name=source&field_name=work&term=meg",
        Kind.ADMIN_DATA,
    ),
    ("jsi18n/", "jsi18n/", Kind.ADMIN_SCRIPT),
]


def table():
    """A Row for every URL pattern of the site."""
    kinds = {
        Kind.PAGE: PAGES,
        Kind.CHOICES: {"settings/": "/settings/"},
        Kind.FORM: FORMS,
        Kind.ENTRY: ENTRIES,
        Kind.FEED: FEEDS,
        Kind.DATA: DATA,
        Kind.HEALTH: {"healthz": "/healthz", "readyz": "/readyz"},
        Kind.OWN: OWN,
        Kind.ACCOUNT: ACCOUNT,
        Kind.TAKEN: {"me/export/<str:name>": "/me/export/notes.csv"},
        Kind.STAFF: STAFF,
    }
    rows = [
        Row(route, address, kind)
        for kind, addresses in kinds.items()
        for route, address in addresses.items()
    ]
    rows += [
        Row(route, address, Kind.MOVED, 301 if route in FOR_EVER else 302)
        for route, address in MOVED.items()
    ]
    rows += [Row(route, address, Kind.DEED, 405) for route, address in DEEDS.items()]
    route = "accounts/login/code/confirm/"
    rows.append(Row(route, f"/{route}", Kind.LED, 302))
    return [*rows, *desk()]


def desk():
    """The rows of the editors' desk."""
    for route, address, kind in OF_DESK:
        yield Row(f"admin/{route}", f"/admin/{address}", kind)
    yield Row("admin/login/", "/admin/login/", Kind.ADMIN_LED, 302)
    yield Row("admin/logout/", "/admin/logout/", Kind.ADMIN_DEED, 405)
    yield Row("admin/(?P<url>.*)$", "/admin/nothing/", Kind.ADMIN_REFUSED, 404)
    yield Row(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        "/admin/r/{content_type}/{source}/",
        Kind.ADMIN_LED,
        302,
    )
    for name, (key, forbidden) in DESK.items():
        yield from of_record(f"admin/{name}/", f"{{{key}}}/", forbidden)
        kind = name.removeprefix("sources/")
        if kind in EXCHANGED:
            yield Row(f"admin/{name}/export/", f"/admin/{name}/export/", Kind.ADMIN)
            past = "history/<int:number>/"
            address = f"/admin/{name}/{{{key}}}/history/1/"
            yield Row(f"admin/{name}/{KEY}{past}", address, Kind.ADMIN)
        if kind in IMPORTED:
            yield Row(f"admin/{name}/import/", f"/admin/{name}/import/", Kind.ADMIN)


def of_record(base, key, forbidden):
    """What Django's admin has for every kind of record."""
    for deed in ("", "add/", "change/", "history/", "delete/"):
        keyed = "" if deed in ("", "add/") else KEY
        address = f"/{base}{key if keyed else ''}{deed}"
        if deed.rstrip("/") in forbidden:
            yield Row(f"{base}{keyed}{deed}", address, Kind.ADMIN_REFUSED, 403)
        else:
            yield Row(f"{base}{keyed}{deed}", address, Kind.ADMIN)
    yield Row(f"{base}{KEY}", f"/{base}{key}", Kind.ADMIN_LED, 302)


def routes(patterns=None, before=""):
    """The route of every address of the site."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each.url_patterns, route)
