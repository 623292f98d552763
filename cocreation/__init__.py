"""The Django project: how the program is configured and put together."""
