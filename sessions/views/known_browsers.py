"""Browsers in which a member signed in before: wrong passwords there are counted apart from those of the address.

Whoever guesses passwords at an address leaves none over for it, right or wrong: looking at each costs the server a
third of a second, and refusing only the names that nobody has would tell which ones somebody has. A browser that was
signed in to the account before does not stand behind that. It has a mark, made for this account and no other, and a
budget as an address has. Who guesses cannot make such a mark; one that was taken along is as good for guessing as one
more address, and opens nothing by itself.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ..models import Member
from ..models.ids import new_token
from .access import set_secret_cookie

SALT = "known browser"


def note_browser(request: HttpRequest, response: HttpResponseBase, member: Member) -> None:
    """This member signed in here: let the browser be known. Its mark goes to the page where one signs in only."""
    if known_browser(request, member) is None:
        mark = _signer(member).sign(new_token())
        set_secret_cookie(request, response, name=_cookie(member), token=mark, path=reverse("account_login"))


def known_browser(request: HttpRequest, member: Member) -> str | None:
    """Return what tells this browser from others, if the member signed in here before."""
    try:
        return _signer(member).unsign(request.COOKIES[_cookie(member)])
    except (KeyError, BadSignature):
        return None


def _cookie(member: Member) -> str:
    """Return a name by which nobody is known: table ids are shown to nobody."""
    return f"known_{salted_hmac(SALT, str(member.pk), secret=settings.SECRET_KEY).hexdigest()[:12]}"


def _signer(member: Member) -> Signer:
    return Signer(salt=f"{SALT} {member.pk}")
