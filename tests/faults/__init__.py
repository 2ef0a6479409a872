"""What is taken away while the site serves: its database, its workers, its room."""
