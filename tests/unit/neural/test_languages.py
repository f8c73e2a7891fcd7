"""Multilingual sequence-to-sequence models are told which language to write."""

import pytest

from summarizer.neural.languages import steer
from summarizer.neural.loading import load


@pytest.mark.parametrize(("lang", "token"), [("kk", "kk_KZ"), ("ru", "ru_RU"), ("en", "en_XX")])
def test_the_language_token_is_forced(lang, token, mbart):
    """mBART-50 and NLLB take it as the first word."""
    tokenizer, model = load(mbart, "AutoModelForSeq2SeqLM")

    assert steer(tokenizer, model, lang) == {"forced_bos_token_id": tokenizer.convert_tokens_to_ids(token)}


def test_a_model_that_starts_with_a_language_gets_it_there(mbart):
    """mBART-25 starts its decoder with the token itself."""
    tokenizer, model = load(mbart, "AutoModelForSeq2SeqLM")
    model.generation_config.decoder_start_token_id = tokenizer.convert_tokens_to_ids("ru_RU")

    assert steer(tokenizer, model, "kk") == {
        "decoder_start_token_id": tokenizer.convert_tokens_to_ids("kk_KZ")
    }


def test_a_model_without_language_tokens_is_left_alone(seq2seq):
    """mT5 and rut5 know their language from their training."""
    assert steer(*load(seq2seq, "AutoModelForSeq2SeqLM"), "kk") == {}


def test_an_unknown_language_is_left_to_the_model(mbart):
    """No token is better than a wrong one."""
    assert steer(*load(mbart, "AutoModelForSeq2SeqLM"), "ky") == {}
