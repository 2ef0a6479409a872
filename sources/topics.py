"""How topics are written in one line: by commas only, quote marks are letters."""


def split_names(text):
    """The names in `text`, in order and once each; `רש"י` stays one name."""
    names = (name.strip() for name in text.split(","))
    return list(dict.fromkeys(name for name in names if name))


def join_names(topics):
    """The line that `split_names` reads back."""
    return ", ".join(topic.name for topic in topics)
