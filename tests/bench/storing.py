"""A Django site of one view, which stores a note: one row, committed to the disk.

Its database is opened with the site's own settings, so that both wait for the same
disk in the same way. No middleware, no session, no form, no second statement.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponse
from django.urls import path

from studyhall import settings as site

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    DATABASES=site.DATABASES,
    DEFAULT_AUTO_FIELD=site.DEFAULT_AUTO_FIELD,
    USE_I18N=False,
    USE_TZ=True,
)
django.setup()


class Note(models.Model):
    creation_key = models.UUIDField(unique=True)
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"

    def __str__(self):
        return str(self.creation_key)


def store(request):
    """Store what is sent; 303, as a form that was saved. A GET is answered too."""
    if request.method == "POST":
        sent = request.POST
        Note.objects.create(creation_key=sent["creation_key"], body=sent["body"])
        return HttpResponse(status=303, headers={"Location": "/", "Content-Length": 0})
    return HttpResponse("", headers={"Content-Length": 0})


urlpatterns = [path("", store)]

if Note._meta.db_table not in connection.introspection.table_names():
    with connection.schema_editor() as schema:
        schema.create_model(Note)
connection.close()

application = get_wsgi_application()
