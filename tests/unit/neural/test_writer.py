"""Any Hugging Face model writes summaries: sequence-to-sequence, chat and base ones, in batches, bounded."""

import shutil

import pytest

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.neural.generator import Bounds
from summarizer.neural.writer import TransformersWriter
from summarizer.pipeline import summarize
from summarizer.writing.writer import Limits

LANGS = ("kk", "ru", "en", "kk", "ru")
KK = "Жаңатаста 120 метрлік көпір ашылды."
WRITTEN = [KK, "В Жанатасе открыли мост в 120 метров.", "A bridge of 120 metres opened in Zhanatas."]


@pytest.mark.parametrize("kind", ["seq2seq", "chat", "base"])
def test_each_kind_of_model_writes_in_order(kind, request, articles):
    """A batch of mixed languages and lengths gives what each article gives alone."""
    writer = TransformersWriter(request.getfixturevalue(kind))

    drafts = writer.write(articles(*LANGS), Limits())

    assert [draft.text for draft in drafts] == [*WRITTEN, *WRITTEN[:2]]
    assert all(draft.picked is None for draft in drafts)


def test_language_tokens_lead_the_output(mbart, articles):
    """An untaught model writes nonsense, and still never fails."""
    drafts = TransformersWriter(mbart).write(articles(*LANGS), Limits())

    assert len(drafts) == len(LANGS)


def test_nothing_is_loaded_before_the_first_article(chat, articles):
    """A process that never summarizes pays for no model."""
    writer = TransformersWriter(chat)
    assert writer.write([Article("1", "", "", "kk")], Limits())[0].reason == "empty"
    assert not writer.loaded

    writer.write(articles("kk"), Limits())
    assert writer.loaded

    writer.unload()
    assert not writer.loaded


def test_a_huge_article_is_bounded(chat):
    """A megabyte of text is cut at a sentence before the model sees it."""
    text = "Жаңатас қаласында көпір ашылды. " * 35_000
    writer = TransformersWriter(chat, bounds=Bounds(input_tokens=400))

    (draft,) = writer.write([Article("1", "Көпір", text, "kk")], Limits(characters=60))

    assert len(draft.text) <= 60


@pytest.mark.parametrize(
    ("model", "remedy"),
    [
        ("/no/such/folder", "model folder or a GGUF file that exists"),
        ("habarshy/never-published", "hub does not give it"),
        ("habarshy/never-published/no.gguf", "hub does not give it"),
    ],
)
def test_a_missing_model_names_its_remedy(model, remedy, articles):
    """One line says what to do; the hub's own pages of text stay out of it."""
    with pytest.raises(ModelUnavailable, match=remedy) as caught:
        TransformersWriter(model).write(articles("kk"), Limits())

    assert "\n" not in str(caught.value)
    assert caught.value.model == model


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 64])
def test_damaged_weights_are_unavailable(damage, tmp_path, chat, articles):
    """A file that was cut while it was copied is no traceback."""
    damaged = shutil.copytree(chat, tmp_path / "damaged")
    (damaged / "model.safetensors").write_bytes(damage)

    with pytest.raises(ModelUnavailable):
        TransformersWriter(str(damaged)).write(articles("kk"), Limits())


def test_the_pipeline_goes_on_without_the_model(articles):
    """Where the model can't be had the extractive writer takes over, and the reason is kept."""
    (summary,) = summarize(articles("ru"), TransformersWriter("/no/such/folder"))

    assert summary.backend == "extractive"
    assert summary.text
    assert "unavailable:/no/such/folder" in summary.rejected


def test_the_pipeline_turns_nonsense_down(mbart, articles):
    """An untaught model's words never reach a reader."""
    (summary,) = summarize(articles("kk"), TransformersWriter(mbart))

    assert summary.backend == "extractive"
    assert summary.text
