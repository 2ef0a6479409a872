"""What a reader was told: `/me/notices/`."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sources import errors
from sources.pages.numbered import NoSuchPage, Numbered, page_number
from sources.pages.settings import SeeOther
from studyhall.annotations import notices as told
from studyhall.annotations.models import Notice

ON_A_PAGE = 50


def notices(request):
    """All that this reader was told, the newest first; POST says that it is read."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        return read(request)
    of_reader = Notice.objects.filter(reader=request.user).order_by("-pk")
    of_reader = of_reader.select_related("correction")
    of_reader = of_reader.select_related("correction")
    try:
        pages = Numbered(page_number(request), of_reader.count(), ON_A_PAGE)
    except NoSuchPage as problem:
        return errors.refuse(request, str(problem), status=404)
    rows = list(of_reader[pages.slice])
    first = of_reader.values_list("pk", flat=True).first()
    context = {
        "told": told.shown(request.user, rows),
        "last": first if told.unread(request.user).exists() else None,
        "pages": pages,
        "crumbs": [
            (gettext("The question"), reverse("question")),
            (gettext("What you were told"), ""),
        ],
    }
    return render(request, "notes/notices.html", context)


def read(request):
    """Mark as read what stood on the page, and nothing that came since."""
    last = request.POST.get("last", "")
    if not (last.isdecimal() and len(last) < 18):
        return errors.refuse(request, gettext("This form is not whole."), status=400)
    told.mark_read(request.user, int(last))
    messages.success(request, gettext("All of it is marked as read."))
    return SeeOther(reverse("notices"))
