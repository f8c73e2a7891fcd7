"""What a model or a change is worth, as numbers: gold files in, rows of figures out."""
