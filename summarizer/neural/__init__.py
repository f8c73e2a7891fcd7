"""The only home of transformers and torch; importable without them, usable with the `neural` extra."""
