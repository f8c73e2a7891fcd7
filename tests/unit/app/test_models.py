"""Which writer the settings give."""

import re

import pytest

from bot.app.models import build_encoder, build_writer
from bot.domain.errors import SettingsError
from bot.settings import Settings
from summarizer.errors import ModelUnavailable
from summarizer.grouping.embeddings import CharacterNgrams, default_encoder
from summarizer.writing.judge import JudgedWriter

SERVER = {"summary_backend": "endpoint", "summary_model": "m", "endpoint_url": "http://127.0.0.1:9/v1"}


def test_the_default_needs_no_model():
    """Whole sentences of the article, and no judge over them."""
    assert build_writer(Settings(summary_judge="endpoint")).name == "extractive"


def test_an_endpoints_judge_spends_the_same_days_tokens():
    """One connection, one ledger."""
    writer = build_writer(Settings(**SERVER, summary_judge="endpoint", endpoint_daily_tokens=1000))
    assert isinstance(writer, JudgedWriter)
    assert writer._judge._connection is writer._writer.connection


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"summary_backend": "transformers"}, "HABARSHY_SUMMARY_MODEL"),
        (SERVER | {"summary_model": ""}, "HABARSHY_SUMMARY_MODEL"),
        (SERVER | {"endpoint_url": ""}, "HABARSHY_ENDPOINT_URL"),
        (
            {"summary_backend": "transformers", "summary_model": "m", "summary_judge": "endpoint"},
            "HABARSHY_SUMMARY_JUDGE",
        ),
    ],
)
def test_what_a_writer_lacks_is_named(settings, named):
    """Before any article is read."""
    with pytest.raises(SettingsError, match=named):
        build_writer(Settings(**settings))


def test_the_encoder_is_the_bundled_one_unless_another_is_named():
    """Empty is the default; the fallback can be asked for."""
    assert build_encoder(Settings()).name == default_encoder().name
    assert build_encoder(Settings(encoder="character-ngrams")).name == CharacterNgrams.name


@pytest.mark.parametrize("named", ["/no/such/folder", "three/part/name", "модель?"])
def test_an_encoder_that_can_t_be_had_is_named_with_the_remedy(named):
    """None takes its place: that would make every vector anew."""
    with pytest.raises(ModelUnavailable, match=re.escape(named)) as raised:
        build_encoder(Settings(encoder=named))
    assert "\n" not in str(raised.value)
    assert raised.value.remedy
