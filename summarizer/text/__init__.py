"""Raw text to clean sentences: boilerplate, language, sentence borders."""
