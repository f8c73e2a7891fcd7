"""A story's best article to a summary, and the guard that checks it against its source."""
