"""Django's admin as an app, with our site in place of its own."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "sources.desk_site.DeskSite"
