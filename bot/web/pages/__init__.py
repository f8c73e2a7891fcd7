"""Pages and feeds that anybody may read."""
