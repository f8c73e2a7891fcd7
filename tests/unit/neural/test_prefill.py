"""Prompts that are read one by one and written to together give what each gives alone."""

import random

import pytest

from summarizer.neural.generator import Bounds, run
from summarizer.neural.prefill import cache

GREEDY = {"do_sample": False, "max_new_tokens": 12}
SIZES = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 3, "vocab_size": 1600}


@pytest.fixture(params=["llama", "gemma3", "qwen3"])
def model(request, torch, transformers):
    """Untaught models of the kinds that are handed round; Gemma's looks only 8 tokens back in some layers."""
    torch.manual_seed(3)
    heads = {
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 8,
        "max_position_embeddings": 256,
    }
    special = {"pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 3}
    if request.param == "gemma3":
        layers = ["sliding_attention", "full_attention", "sliding_attention"]
        config = transformers.Gemma3TextConfig(
            **SIZES, **heads, **special, sliding_window=8, layer_types=layers, query_pre_attn_scalar=8
        )
        return transformers.Gemma3ForCausalLM(config).eval()
    kinds = {"llama": ("LlamaConfig", "LlamaForCausalLM"), "qwen3": ("Qwen3Config", "Qwen3ForCausalLM")}
    config, kind = (getattr(transformers, name) for name in kinds[request.param])
    return kind(config(**SIZES, **heads, **special)).eval()


def _rows(lengths, shared=0):
    dice = random.Random(5)
    prefix = [dice.randrange(10, 1600) for _ in range(shared)]
    return [prefix + [dice.randrange(10, 1600) for _ in range(length)] for length in lengths]


@pytest.mark.parametrize(
    "rows",
    [
        _rows([40, 3, 17, 25]),
        _rows([40, 3, 17, 25], shared=20),
        _rows([2, 2], shared=30),
        [[5, 6, 7, 8]] * 3,
        _rows([1, 30]),
        [*_rows([9, 4, 6], shared=25), *([7, *row] for row in _rows([8, 5], shared=25))],
    ],
    ids=[
        "nothing shared",
        "a shared beginning",
        "short endings",
        "all the same",
        "one token",
        "two openings",
    ],
)
def test_a_batch_writes_what_each_prompt_gets_alone(rows, model, tokenizer, torch):
    """Compared with plain generate() on the prompt itself."""
    alone = []
    for row in rows:
        made = model.generate(input_ids=torch.tensor([row]), attention_mask=torch.ones(1, len(row)), **GREEDY)
        alone.append(tokenizer.decode(made[0, len(row) :], skip_special_tokens=True))

    together = run(tokenizer, model, rows, Bounds(batch=8), **GREEDY)

    assert [output.text for output in together] == alone


def test_a_model_with_its_own_cache_keeps_it(model):
    """What a model's makers have set is theirs."""
    model.generation_config.cache_implementation = "dynamic"

    assert cache(model, _rows([4, 5]), 10) == {}


def test_seq2seq_models_keep_their_cache(seq2seq, transformers):
    """Their texts are read by an encoder, which has none."""
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(seq2seq)

    assert cache(model, _rows([4, 5]), 10) == {}
