"""The library's pages: a module for each, named as its view."""
