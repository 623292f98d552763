"""How members sign in: a password by allauth's view, or a one-time link. Nobody signs up; accounts are made.

Wrong passwords are counted by our own brake, per address and per account, whatever name the server is called by; in a
browser that was signed in to the account before, per browser and not per address (known_browsers.py).
allauth would count per name in the Host header, which its sender chooses, and would shut out the right one as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..live.guess_limiter import PASSWORDS, GuessLimiter
from ..models import Member, SignInLink
from ..models.ids import new_token, token_hash
from .access import guesser_of
from .addresses import warn_of_address
from .error_pages import message_page
from .known_browsers import known_browser, note_browser

LINK_LASTS = timedelta(hours=24)
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOO_OFTEN = "too_many_login_attempts"

password_brake = GuessLimiter(PASSWORDS)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's rules, without sign-up, and in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed. Ask the core team."),
        "email_password_mismatch": gettext_lazy("This name and password do not belong together."),
        "username_password_mismatch": gettext_lazy("This name and password do not belong together."),
        TOO_OFTEN: gettext_lazy("Too many attempts. Wait five minutes, or use a one-time link."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Look at a password unless too many wrong ones came before it. A right one costs nothing."""
        found = _find_member(credentials)
        browser = known_browser(request, found) if found is not None else None
        who = guesser_of(request) if browser is None else f"browser {browser}"
        guess = password_brake.reserve(who, None, about=_account(credentials, found))
        if guess is None:
            raise self.validation_error(TOO_OFTEN)
        with guess:
            member: AbstractBaseUser | None = super().authenticate(request, **credentials)
            if member is None:
                guess.spend()
                if guess.waits:
                    raise self.validation_error(TOO_OFTEN)
        return member

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages show no "signed in as" messages."""


def _name_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "").strip()


def _find_member(credentials: dict[str, Any]) -> Member | None:
    """Return whose account it is. A member is one account by name and by e-mail address."""
    name = _name_in(credentials)
    return Member.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None


def _account(credentials: dict[str, Any], member: Member | None) -> str:
    """Return what a password is guessed of.

    Names that nobody has are counted like others, so that the answer does not tell who has an account.
    """
    return f"name {_name_in(credentials).lower()[:254]}" if member is None else f"member {member.pk}"


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in in our template."""

    template_name = "workshop/signin.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        errors = [str(error) for field in form.errors.values() for error in field]
        context |= {
            "error": " ".join(dict.fromkeys(errors)),
            "login": form.data.get("login", "")[:254] if form.is_bound else "",
            "next": self.get_next_url() or "",
            "elsewhere": warn_of_address(self.request),
        }
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if isinstance(self.request.user, Member):
            note_browser(self.request, response, self.request.user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
            response.status_code = 429
            response.headers["Retry-After"] = "60"
        else:
            response.status_code = 400
        return response


signin = SignIn.as_view()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signout(request: HttpRequest) -> HttpResponseBase:
    """Sign out on POST; the address alone does nothing, so no page elsewhere can sign anybody out."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    logout(request)
    return render(request, "workshop/signedout.html", {"signin_url": reverse("account_login")})


# -- one-time links ----------------------------------------------------------------------------------------------


def new_sign_in_link(
    member: Member, *, next_path: str = "/", base: str | None = None, lasts: timedelta = LINK_LASTS
) -> str:
    """Make a link that signs the member in once, and return its address. Only the hash is kept."""
    token = new_token()
    now = timezone.now()
    SignInLink.objects.create(member=member, token_hash=token_hash(token), next_path=next_path, expires_at=now + lasts)
    return f"{settings.PUBLIC_URL if base is None else base}{reverse('link', kwargs={'token': token})}"


def drop_old_links() -> None:
    """Forget the links that cannot be used any more."""
    SignInLink.objects.filter(expires_at__lt=timezone.now()).delete()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, *, token: str) -> HttpResponseBase:
    """Show a button; pressing it uses the link up. Two presses at once: one of them signs in."""
    hashed = token_hash(token)
    now = timezone.now()
    open_links = SignInLink.objects.filter(token_hash=hashed, used_at=None, expires_at__gt=now, member__is_active=True)
    found = open_links.select_related("member").first()
    if found is None:
        return _spent(request)
    if request.method != "POST":
        name = found.member.get_full_name() or found.member.get_username()
        return render(request, "workshop/link.html", {"name": name, "elsewhere": warn_of_address(request)})
    with transaction.atomic():
        if not SignInLink.objects.filter(pk=found.pk, used_at=None, expires_at__gt=now).update(used_at=now):
            return _spent(request)
        login(request, found.member, backend=BACKEND)
    response = HttpResponseRedirect(_own_path(found.next_path))
    note_browser(request, response, found.member)
    return response


def _own_path(path: str) -> str:
    """Return the path if it is one of this site, else the way to the programmes."""
    parts = urlsplit(path)
    own = path.startswith("/") and not path.startswith("//") and "\\" not in path and not parts.netloc
    return path if own else settings.LOGIN_REDIRECT_URL


def _spent(request: HttpRequest) -> HttpResponse:
    return message_page(
        request,
        status=410,
        title=_("This link no longer works"),
        text=_("It was used before, or its time is over. Ask for a new one, or sign in with your password."),
        action=(reverse("account_login"), _("Sign in")),
    )
