"""What the server mails, when EMAIL_URL says how: the link of an invitation."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from ..models import Programme
from ..wording.words import in_language

log = logging.getLogger(__name__)


def send_invitation(*, to: str, programme: Programme, role: str, link: str) -> bool | None:
    """Mail a link; return whether it was sent, None where the server sends no mail."""
    if not settings.EMAIL_HOST:
        return None
    name = in_language(programme, "name")
    subject = _("Invitation: %(programme)s") % {"programme": name}
    text = _(
        "You are invited to %(programme)s. Your role: %(role)s.\n\nOpen this link; it works once, within seven days:\n"
        "%(link)s\n"
    ) % {"programme": name, "role": role, "link": link}
    try:
        send_mail(subject, text, None, [to])
    except (SMTPException, OSError) as error:
        # Without the address, and without the link.
        log.warning("An invitation could not be mailed: %s", type(error).__name__)
        return False
    return True
