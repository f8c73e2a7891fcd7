"""What a model or a change is worth, as numbers."""
