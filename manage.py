#!/usr/bin/env python3
"""The site's commands: `python manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line


def main():
    """Run the command that the command line names, under the site's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyhall.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
