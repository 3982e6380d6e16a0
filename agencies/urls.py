"""Below konto/. The names are those that allauth looks for; of its other pages there are none."""

from django.urls import path

from agencies import views

urlpatterns = [
    path("", views.account, name="account_login"),
    path("kod/", views.code, name="account_confirm_login_code"),
    path("ut/", views.sign_out, name="account_logout"),
    path("stangt/", views.inactive, name="account_inactive"),
]
