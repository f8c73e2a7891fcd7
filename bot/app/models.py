"""Which models this process uses, by its settings; they are imported only when asked for."""

from bot.domain.errors import SettingsError
from bot.settings import Settings
from summarizer.pipeline import Writer
from summarizer.writing.extractive import ExtractiveWriter


def build_writer(settings: Settings) -> Writer:
    """The summary writer that the settings ask for; models are imported only when they are.

    Raises SettingsError where a setting that the writer needs is missing.
    """
    _complete(settings)
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


def _complete(settings: Settings) -> None:
    backend = settings.summary_backend
    if backend != "extractive" and not settings.summary_model:
        raise SettingsError(
            f"HABARSHY_SUMMARY_MODEL is not set: SUMMARY_BACKEND={backend} needs a model's name"
        )
    if backend == "endpoint" and not settings.endpoint_url:
        raise SettingsError("HABARSHY_ENDPOINT_URL is not set: give the server's address, up to and with /v1")
