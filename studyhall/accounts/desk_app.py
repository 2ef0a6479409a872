"""The editors' desk as an app, in place of Django's admin."""

from sources.desk_app import DeskConfig


class HallDeskConfig(DeskConfig):
    default_site = "studyhall.accounts.desk.HallDesk"
