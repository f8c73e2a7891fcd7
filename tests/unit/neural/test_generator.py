"""How much a model reads and writes at once."""

from types import SimpleNamespace

from summarizer.neural.generator import context


def test_the_context_is_the_models_where_it_is_shorter():
    """Multimodal models keep it in their text part; some don't tell at all."""
    assert context(SimpleNamespace(max_position_embeddings=512), 2048) == 512
    nested = SimpleNamespace(text_config=SimpleNamespace(max_position_embeddings=1024))
    assert context(nested, 2048) == 1024
    assert context(SimpleNamespace(), 2048) == 2048
