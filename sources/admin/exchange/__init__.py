"""Rows of the library in files: what comes in goes by the gate, what goes out is safe.

A resource says which columns a kind of row has; `reading` and `writing` know the
files, `cells` what a spreadsheet would make of a cell, `views` the pages.
"""
