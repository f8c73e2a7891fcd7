"""Where a model's files are looked for."""

import sys

import pytest

from summarizer.errors import ModelUnavailable
from summarizer.neural.loading import load, source, unavailable


def test_a_folder_and_a_gguf_file_are_found(tmp_path):
    """A GGUF file is its folder and its name."""
    file = tmp_path / "model.gguf"
    file.touch()

    assert source(str(tmp_path)).place == str(tmp_path)
    assert (source(str(file)).place, source(str(file)).options) == (
        str(tmp_path),
        {"gguf_file": "model.gguf"},
    )


def test_hub_names_are_taken_as_they_are():
    """With a GGUF file of the hub as the third part."""
    assert source("google/mt5-small").place == "google/mt5-small"
    found = source("owner/name-GGUF/model.q4.gguf")
    assert (found.place, found.options) == ("owner/name-GGUF", {"gguf_file": "model.q4.gguf"})


@pytest.mark.parametrize("name", ["", "a/b/c", "../model", "no-such.gguf", "https://hub/model", "model.bin "])
def test_what_is_neither_is_refused(name):
    """No address and no path that is not there goes to the hub."""
    with pytest.raises(ModelUnavailable):
        source(name)


def test_a_missing_extra_names_the_command(monkeypatch, chat):
    """A plain installation has no transformers."""
    monkeypatch.setitem(sys.modules, "transformers", None)

    with pytest.raises(ModelUnavailable, match=r"pip install 'habarshy\[neural\]'"):
        load(chat, "AutoModelForCausalLM")


def test_the_reason_is_one_line():
    """A library's page of text is cut to its first line."""
    with pytest.raises(ModelUnavailable) as caught, unavailable("m"):
        raise RuntimeError("out of memory\nand a page of advice")

    assert "out of memory" in str(caught.value)
    assert "advice" not in str(caught.value)
