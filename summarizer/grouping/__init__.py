"""Articles to stories: vectors, duplicates, events, topics."""
