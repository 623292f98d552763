"""Why a backup or a restore did not happen."""

from __future__ import annotations


class BackupFailed(Exception):
    """The message is for whoever runs the command."""
