"""The language tokens that multilingual sequence-to-sequence models are steered with."""

from collections.abc import Mapping
from typing import Any

#: Per language: (name the tokenizer knows, token): mBART and mBART-50, NLLB, M2M-100.
_CODES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "kk": (("kk_KZ", "kk_KZ"), ("kaz_Cyrl", "kaz_Cyrl"), ("kk", "__kk__")),
    "ru": (("ru_RU", "ru_RU"), ("rus_Cyrl", "rus_Cyrl"), ("ru", "__ru__")),
    "en": (("en_XX", "en_XX"), ("eng_Latn", "eng_Latn"), ("en", "__en__")),
}


def steer(tokenizer: Any, model: Any, lang: str) -> dict[str, int]:
    """Options of generate() that make a model write in a language; sets the tokenizer's source language too.

    Empty for a model without language tokens, or a language that it has none for.
    """
    for name, token in _CODES.get(lang, ()):
        token_id = tokenizer.convert_tokens_to_ids(token)
        if token_id is None or token_id == tokenizer.unk_token_id:
            continue
        if getattr(tokenizer, "src_lang", None) is not None:
            tokenizer.src_lang = name
        # mBART-25 starts its decoder with the language token, its successors force it as the first word.
        start = model.generation_config.decoder_start_token_id
        return {_option(tokenizer, start): token_id}
    return {}


def _option(tokenizer: Any, start: int | None) -> str:
    tokens = {token for codes in _CODES.values() for _, token in codes}
    starts_with_language = start is not None and tokenizer.convert_ids_to_tokens(start) in tokens
    return "decoder_start_token_id" if starts_with_language else "forced_bos_token_id"
