"""Which models this process uses, by its settings; they are imported only when asked for."""

from bot.settings import Settings
from summarizer.pipeline import Writer
from summarizer.writing.extractive import ExtractiveWriter


def build_writer(settings: Settings) -> Writer:
    """The summary writer that the settings ask for; models are imported only when they are."""
    match settings.summary_backend:
        case "transformers":
            from summarizer.neural.writer import TransformersWriter  # noqa: PLC0415 - costs seconds and the extra

            return TransformersWriter(settings.summary_model)
        case "endpoint":
            from summarizer.writing.endpoint import EndpointWriter  # noqa: PLC0415 - needs its extra

            key = settings.endpoint_key.get_secret_value()
            return EndpointWriter(settings.endpoint_url, key, settings.summary_model)
        case _:
            return ExtractiveWriter()
