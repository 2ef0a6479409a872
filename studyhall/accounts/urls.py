"""The addresses of accounts."""

from django.urls import path

from studyhall.accounts.views import invitation, invitation_accepted

urlpatterns = [
    path("invitations/accepted/", invitation_accepted, name="invitation_accepted"),
    path("invitations/<str:token>/", invitation, name="invitation"),
]
