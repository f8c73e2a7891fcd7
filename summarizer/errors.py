"""What can go wrong while reading, by the reaction it asks for.

SummarizerError
├── UnusableArticle     this text can't be used: skip it, keep its reason
├── ModelUnavailable    a model can't be had here: say so once, use the fallback
└── WrongGold           a gold file is not one: name the file and the line, stop
"""


class SummarizerError(Exception):
    """Base of every error this package raises on purpose."""


class UnusableArticle(SummarizerError):
    """A text that no summary, story or topic can be made from."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"article can't be used: {reason}")
        #: One word or short phrase, stored beside the article.
        self.reason = reason


class ModelUnavailable(SummarizerError):
    """A model that is not installed, not on disk or does not answer."""

    def __init__(self, model: str, remedy: str) -> None:
        super().__init__(f"model {model} is not available: {remedy}")
        self.model = model
        self.remedy = remedy


class WrongGold(SummarizerError):
    """A file that was given as gold and is none."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path = path
        self.reason = reason
