"""The feeds' addresses: whatever is asked after them, and by whom, changes nothing."""

from django.views.decorators.http import require_safe

from studyhall.annotations import feeds

notes_of_source = require_safe(feeds.OfSource())
notes_of_topic = require_safe(feeds.OfTopic())
notes_of_reader = require_safe(feeds.OfReader())
