"""The addresses of accounts; signing in and up is allauth's, beneath /accounts/."""

from django.urls import path

from studyhall.accounts.me import account_closed, me, me_delete, me_settings
from studyhall.accounts.views import invitation, invitation_accepted

urlpatterns = [
    path("invitations/accepted/", invitation_accepted, name="invitation_accepted"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("me/", me, name="me"),
    path("me/settings/", me_settings, name="me_settings"),
    path("me/delete/", me_delete, name="me_delete"),
    path("accounts/closed/", account_closed, name="account_closed"),
]
