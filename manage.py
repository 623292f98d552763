#!/usr/bin/env python
"""Django's command line."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
    from cocreation.environment import BadSetting

    try:
        if sys.argv[1:2] == ["serve"]:
            from cocreation.start import settle

            settle(sys.argv[2:])
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except BadSetting as bad:
        from cocreation.speech import language_of

        sys.exit(bad.say(language_of(sys.argv[1:])))


if __name__ == "__main__":
    main()
