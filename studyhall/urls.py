"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from studyhall.health import healthz, readyz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("studyhall.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("studyhall.annotations.urls")),
    path("", include("sources.urls")),
]

if settings.SECOND_FACTOR:
    second_factor = include("studyhall.accounts.second_factor_urls")
    urlpatterns += [path("accounts/second-factor/", second_factor)]

handler400 = "sources.errors.bad_request"
handler403 = "sources.errors.permission_denied"
handler404 = "sources.errors.page_not_found"
handler429 = "studyhall.accounts.limits.wait_page"
handler500 = "studyhall.busy.server_error"
