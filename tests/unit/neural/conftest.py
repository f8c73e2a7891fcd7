"""Tiny models built and taught here: three articles by heart, through the same path as real ones."""

import copy
import os

# Read by huggingface_hub when it is first imported: no test asks a hub for anything.
os.environ["HF_HUB_OFFLINE"] = "1"

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.neural.chat import Chat
from summarizer.neural.generator import Bounds
from summarizer.writing.prompt import matter, wording
from summarizer.writing.writer import Limits

LANGS = ("kk", "ru", "en")
TEXTS = {
    "kk": "Жаңатас қаласында көпір ашылды. Оның ұзындығы 120 метр. Жұмысты 45 адам істеді.",
    "ru": "В городе Жанатас открыли мост. Его длина 120 метров. Работали 45 человек.",
    "en": "A bridge opened in the town of Zhanatas. It is 120 metres long. The crew was 45 people.",
}
SUMMARIES = {
    "kk": "Жаңатаста 120 метрлік көпір ашылды.",
    "ru": "В Жанатасе открыли мост в 120 метров.",
    "en": "A bridge of 120 metres opened in Zhanatas.",
}
SPECIALS = ["<pad>", "</s>", "<unk>", "<s>", "<|user|>", "<|assistant|>"]
LANGUAGE_TOKENS = ["kk_KZ", "ru_RU", "en_XX"]
TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}</s>{% endfor %}<|assistant|>"
    "{% if enable_thinking is not defined or enable_thinking %}<think>{% endif %}"
)
SMALL = {"vocab_size": 1600, "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 3}
SIZES = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}


@pytest.fixture(scope="session")
def torch() -> Any:
    """PyTorch on one thread: models this small are slower on two."""
    module = pytest.importorskip("torch", reason="torch comes with the neural extra")
    module.set_num_threads(1)
    module.manual_seed(1)
    return module


@pytest.fixture(scope="session")
def transformers(torch) -> Any:
    """The library, where the extra is installed."""
    return pytest.importorskip("transformers", reason="transformers comes with the neural extra")


@pytest.fixture(scope="session")
def tokenizer(transformers) -> Any:
    """Bytes merged into the words of our prompts and articles, so that prompts are short."""
    kit = pytest.importorskip("tokenizers")
    words = [part for lang in LANGS for part in _prompt_words(lang)]
    made = kit.Tokenizer(kit.models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = kit.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = kit.decoders.ByteLevel()
    trainer = kit.trainers.BpeTrainer(
        vocab_size=SMALL["vocab_size"],
        special_tokens=SPECIALS,
        initial_alphabet=kit.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator([*words, *TEXTS.values(), *SUMMARIES.values()], trainer)
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", bos_token="<s>"
    )


@pytest.fixture(scope="session")
def steered_tokenizer(tokenizer, transformers) -> Any:
    """The same with the language tokens of mBART."""
    steered = copy.deepcopy(tokenizer)
    steered.add_tokens(
        [transformers.AddedToken(token, special=True) for token in LANGUAGE_TOKENS], special_tokens=True
    )
    return steered


@pytest.fixture(scope="session")
def seq2seq(tmp_path_factory, tokenizer, transformers) -> str:
    """A model of the mT5 kind that knows the three summaries by heart."""
    sizes = {"d_model": 32, "d_ff": 64, "d_kv": 16, "num_layers": 2, "num_heads": 2, "dropout_rate": 0.0}
    config = transformers.MT5Config(**sizes, decoder_start_token_id=0, **SMALL)
    model = transformers.MT5ForConditionalGeneration(config)
    inputs = tokenizer([f"{lang} {TEXTS[lang]}" for lang in LANGS], padding=True, return_tensors="pt")
    targets = tokenizer([f"{SUMMARIES[lang]}</s>" for lang in LANGS], padding=True, return_tensors="pt")
    labels = targets.input_ids.masked_fill(targets.attention_mask == 0, -100)
    _teach(model, {**inputs, "labels": labels})
    return _saved(tmp_path_factory.mktemp("mt5"), model, tokenizer)


@pytest.fixture(scope="session")
def mbart(tmp_path_factory, steered_tokenizer, transformers) -> str:
    """An untaught model of the mBART-50 kind: it has language tokens."""
    sizes = {f"{side}_{size}": 2 for side in ("encoder", "decoder") for size in ("layers", "attention_heads")}
    config = transformers.MBartConfig(
        d_model=32, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=256, **sizes, **SMALL
    )
    model = transformers.MBartForConditionalGeneration(config)
    model.resize_token_embeddings(len(steered_tokenizer), mean_resizing=False)
    return _saved(tmp_path_factory.mktemp("mbart"), model, steered_tokenizer)


@pytest.fixture(scope="session")
def chat(tmp_path_factory, tokenizer, transformers) -> str:
    """A chat model of the Llama kind that answers our prompts with the three summaries."""
    return _saved(
        tmp_path_factory.mktemp("chat"), _taught_llama(transformers, tokenizer, TEMPLATE), tokenizer, TEMPLATE
    )


@pytest.fixture(scope="session")
def base(tmp_path_factory, tokenizer, transformers) -> str:
    """The same without a template: it goes on after a summary, on a new line."""
    return _saved(tmp_path_factory.mktemp("base"), _taught_llama(transformers, tokenizer, None), tokenizer)


@pytest.fixture(scope="session")
def bert(tmp_path_factory, tokenizer, transformers) -> str:
    """An untaught encoder."""
    return _saved(tmp_path_factory.mktemp("tiny-e5"), _bert(transformers, "BertModel"), tokenizer)


@pytest.fixture(scope="session")
def nli(tmp_path_factory, tokenizer, transformers) -> str:
    """An untaught inference model with the labels of XNLI."""
    labels = {0: "entailment", 1: "neutral", 2: "contradiction"}
    model = _bert(transformers, "BertForSequenceClassification", num_labels=3, id2label=labels)
    return _saved(tmp_path_factory.mktemp("nli"), model, tokenizer)


@pytest.fixture(scope="session")
def articles() -> Callable[..., list[Article]]:
    """The taught article of each language asked for."""
    return lambda *langs: [Article(f"{n}", lang, TEXTS[lang], lang) for n, lang in enumerate(langs)]


def _prompt_words(lang: str) -> list[str]:
    words = wording(lang)
    return [words.instructions, words.answer, words.label, words.title, words.article, words.summary]


def _taught_llama(transformers: Any, tokenizer: Any, template: str | None) -> Any:
    config = transformers.LlamaConfig(**SMALL, **SIZES, max_position_embeddings=2048)
    model = transformers.LlamaForCausalLM(config)
    tokenizer.chat_template = template
    rows = Chat(tokenizer, model, Bounds())
    ending = "</s>" if template else "\nЖалғасы"
    batch = [
        (
            rows._row(matter(Article("1", lang, TEXTS[lang], lang)), Limits(), 1500),
            f" {SUMMARIES[lang]}{ending}",
        )
        for lang in LANGS
    ]
    asked = [(prompt, tokenizer(answer, add_special_tokens=False).input_ids) for prompt, answer in batch]
    inputs = tokenizer.pad(
        {"input_ids": [[*prompt, *answer] for prompt, answer in asked]},
        padding_side="right",
        return_tensors="pt",
    )
    labels = inputs["input_ids"].new_full(inputs["input_ids"].shape, -100)
    for row, (prompt, answer) in zip(labels, asked, strict=True):
        row[len(prompt) : len(prompt) + len(answer)] = row.new_tensor(answer)
    _teach(model, {**inputs, "labels": labels})
    return model


def _teach(model: Any, batch: dict[str, Any]) -> None:
    optimizer = pytest.importorskip("torch").optim.AdamW(model.parameters(), lr=1e-2)
    model.train()
    for _ in range(400):
        loss = model(**batch).loss
        if loss < 0.01:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss < 0.01
    model.eval()


def _bert(transformers: Any, kind: str, **extra: Any) -> Any:
    return getattr(transformers, kind)(transformers.BertConfig(**SMALL, **SIZES, **extra))


def _saved(folder: Path, model: Any, tokenizer: Any, template: str | None = None) -> str:
    model.save_pretrained(folder)
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    tokenizer.chat_template = None
    return str(folder)
