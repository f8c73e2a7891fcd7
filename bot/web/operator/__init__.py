"""The operator's dashboard: what administrators see after they came in by a link from the chat."""
