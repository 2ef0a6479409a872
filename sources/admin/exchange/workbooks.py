"""openpyxl, fetched with the first workbook: most processes never meet one."""

from importlib import import_module

from django.utils.functional import SimpleLazyObject

openpyxl = SimpleLazyObject(lambda: import_module("openpyxl"))
