"""The addresses of the second factor: of the secrets shown there no copy is kept."""

from allauth.mfa.urls import urlpatterns as of_allauth
from django.urls import URLPattern
from django.views.decorators.cache import never_cache


def kept_nowhere(patterns):
    """The same patterns; no browser may store what their views answer."""
    for each in patterns:
        if isinstance(each, URLPattern):
            each.callback = never_cache(each.callback)
        else:
            kept_nowhere(each.url_patterns)
    return patterns


urlpatterns = kept_nowhere(of_allauth)
