"""Which models this process uses, by its settings; they are imported only when asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import SettingsError
from bot.settings import Settings
from summarizer.pipeline import Writer
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.judge import Judge, JudgedWriter
from summarizer.writing.spending import Budget


def build_writer(settings: Settings) -> Writer:
    """The summary writer that the settings ask for, heard by their judge.

    Raises SettingsError where a setting that they need is missing.
    """
    _complete(settings)
    if settings.summary_backend == "extractive":
        # Its sentences are the article's own: there is nothing to judge.
        return ExtractiveWriter()
    writer = _endpoint(settings) if settings.summary_backend == "endpoint" else _transformers(settings)
    judge = _judge(settings)
    return JudgedWriter(writer, judge) if judge else writer


def _transformers(settings: Settings) -> Writer:
    from summarizer.neural.writer import TransformersWriter  # noqa: PLC0415 - costs seconds and the extra

    return TransformersWriter(settings.summary_model)


def _endpoint(settings: Settings) -> Writer:
    from summarizer.writing.endpoint import EndpointWriter  # noqa: PLC0415 - needs its extra

    key = settings.endpoint_key.get_secret_value()
    return EndpointWriter(settings.endpoint_url, key, settings.summary_model, budget=_budget(settings))


def _budget(settings: Settings) -> Budget | None:
    zone = ZoneInfo(settings.timezone)
    tokens = settings.endpoint_daily_tokens
    return Budget(tokens, lambda: datetime.now(zone).date()) if tokens else None


def _judge(settings: Settings) -> Judge | None:
    match settings.summary_judge:
        case "":
            return None
        case "endpoint":
            from summarizer.writing.connection import Connection  # noqa: PLC0415 - needs its extra
            from summarizer.writing.endpoint_judge import EndpointJudge  # noqa: PLC0415 - as above

            key = settings.endpoint_key.get_secret_value()
            model = settings.summary_model
            return EndpointJudge(Connection(settings.endpoint_url, key, model, budget=_budget(settings)))
        case model:
            from summarizer.neural.judge import TransformersJudge  # noqa: PLC0415 - costs seconds and the extra

            return TransformersJudge(model)


def _complete(settings: Settings) -> None:
    backend = settings.summary_backend
    if backend != "extractive" and not settings.summary_model:
        raise SettingsError(
            f"HABARSHY_SUMMARY_MODEL is not set: SUMMARY_BACKEND={backend} needs a model's name"
        )
    if "endpoint" in {backend, settings.summary_judge} and not settings.endpoint_url:
        raise SettingsError("HABARSHY_ENDPOINT_URL is not set: give the server's address, up to and with /v1")
