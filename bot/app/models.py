"""Which models this process uses, by its settings; they are imported only when asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import SettingsError
from bot.settings import Settings
from summarizer.grouping.embeddings import CharacterNgrams, Encoder, default_encoder
from summarizer.pipeline import Writer
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.judge import Judge, JudgedWriter
from summarizer.writing.spending import Budget


def build_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings ask for.

    Raises ModelUnavailable, with the remedy, where one is named that can't be had: another in its place would
    make every vector anew.
    """
    if not settings.encoder:
        return default_encoder()
    if settings.encoder == CharacterNgrams.name:
        return CharacterNgrams()
    from summarizer.neural.encoder import TransformersEncoder  # noqa: PLC0415 - costs seconds and the extra

    return TransformersEncoder(settings.encoder)


def build_writer(settings: Settings) -> Writer:
    """The summary writer that the settings ask for, heard by their judge.

    Raises SettingsError where a setting that they need is missing.
    """
    _complete(settings)
    if settings.summary_backend == "extractive":
        # Its sentences are the article's own: there is nothing to judge.
        return ExtractiveWriter()
    writer = _endpoint(settings) if settings.summary_backend == "endpoint" else _transformers(settings)
    judge = _judge(settings, writer)
    return JudgedWriter(writer, judge) if judge else writer


def _transformers(settings: Settings) -> Writer:
    from summarizer.neural.writer import TransformersWriter  # noqa: PLC0415 - costs seconds and the extra

    return TransformersWriter(settings.summary_model)


def _endpoint(settings: Settings) -> Writer:
    from summarizer.writing.connection import Connection  # noqa: PLC0415 - needs its extra
    from summarizer.writing.endpoint import EndpointWriter  # noqa: PLC0415 - as above

    zone, tokens = ZoneInfo(settings.timezone), settings.endpoint_daily_tokens
    budget = Budget(tokens, lambda: datetime.now(zone).date()) if tokens else None
    key = settings.endpoint_key.get_secret_value()
    return EndpointWriter(Connection(settings.endpoint_url, key, settings.summary_model, budget=budget))


def _judge(settings: Settings, writer: Writer) -> Judge | None:
    if not settings.summary_judge:
        return None
    if settings.summary_judge != "endpoint":
        from summarizer.neural.judge import TransformersJudge  # noqa: PLC0415 - costs seconds and the extra

        return TransformersJudge(settings.summary_judge)
    from summarizer.writing.endpoint import EndpointWriter  # noqa: PLC0415 - needs its extra
    from summarizer.writing.endpoint_judge import EndpointJudge  # noqa: PLC0415 - as above

    if not isinstance(writer, EndpointWriter):
        raise SettingsError(
            "HABARSHY_SUMMARY_JUDGE=endpoint needs SUMMARY_BACKEND=endpoint: it asks that server"
        )
    # One connection: the day's tokens are the writer's and the judge's together.
    return EndpointJudge(writer.connection)


def _complete(settings: Settings) -> None:
    backend = settings.summary_backend
    if backend != "extractive" and not settings.summary_model:
        raise SettingsError(
            f"HABARSHY_SUMMARY_MODEL is not set: SUMMARY_BACKEND={backend} needs a model's name"
        )
    if backend == "endpoint" and not settings.endpoint_url:
        raise SettingsError("HABARSHY_ENDPOINT_URL is not set: give the server's address, up to and with /v1")
