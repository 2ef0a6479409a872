"""How fast the pages are beside a bare view of the same bytes; see `make bench`."""
