"""What no backup holds: it is made anew, or is not to be brought back."""

TABLES = ("django_session", "keeping_keptpage", "studyhall_cache")
IN_WORDS = "sessions, the cache and kept pages are left out"
