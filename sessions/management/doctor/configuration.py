"""The settings and the build, by the checks that Django and the program have for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.utils.translation import gettext as _
from redis import RedisError

from .findings import Finding, warning, well, wrong


def examine_settings() -> Iterator[Finding]:
    found = [one for one in run_checks(include_deployment_checks=settings.HTTPS) if not one.is_silenced()]
    for one in found:
        yield (wrong if one.level >= ERROR else warning)(one.msg)
    if not found:
        yield well(_("All can be used, and the screens are built."))


def examine_redis() -> Iterator[Finding]:
    if settings.REDIS is None:
        yield well(_("Not used; one process needs none."))
        return
    try:
        settings.REDIS.ping()
    except (RedisError, OSError) as error:
        text = _("Redis does not answer (%(why)s). All goes on without it, up to two seconds later.")
        yield warning(text % {"why": str(error).strip() or type(error).__name__})
    else:
        yield well(_("Redis answers."))
