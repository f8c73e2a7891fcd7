"""Chat models through their template, and base models as a plain completion."""

from collections.abc import Sequence
from typing import Any

from summarizer.neural.generator import Bounds, Output, context, run
from summarizer.writing.prompt import Matter, fence, instructions, new_tokens, wording
from summarizer.writing.writer import Limits

#: Tokens that a cut text may take more once it stands between others: its ends merge differently there.
SEAM = 8


class Chat:
    """A causal model: instructions in the article's language, one example, then the article as data."""

    def __init__(self, tokenizer: Any, model: Any, bounds: Bounds) -> None:
        self._tokenizer, self._model, self._bounds = tokenizer, model, bounds
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token

    def generate(self, matters: Sequence[Matter], limits: Limits) -> list[Output]:
        """One output a text, in order."""
        length = new_tokens(limits.characters)
        room = context(self._model.config, self._bounds.input_tokens + length) - length
        options: dict[str, Any] = {"do_sample": False, "max_new_tokens": length}
        # A sampling model's own settings would be warned about on every call.
        options |= {"temperature": None, "top_p": None, "top_k": None}
        if not self._tokenizer.chat_template:
            options["stopping_criteria"] = [_line_ends(self._tokenizer)]
        rows = [self._row(matter, limits, room) for matter in matters]
        return run(self._tokenizer, self._model, rows, self._bounds, **options)

    def _row(self, matter: Matter, limits: Limits, room: int) -> list[int]:
        """Token ids of the prompt; the article loses sentences from its end until the prompt fits."""
        empty = len(self._ids(matter, (), limits))
        kept = self._fitting(matter.sentences, room - empty)
        return self._ids(matter, kept, limits)

    def _fitting(self, sentences: Sequence[str], room: int) -> list[str]:
        kept: list[str] = []
        for sentence in sentences:
            ids = self._tokenizer(f" {sentence}", add_special_tokens=False)["input_ids"]
            if len(ids) > room:
                # A first sentence without end is cut: a prompt without any text would be made up.
                return kept or [self._tokenizer.decode(ids[: max(room - SEAM, 0)])]
            room -= len(ids)
            kept.append(sentence)
        return kept

    def _ids(self, matter: Matter, sentences: Sequence[str], limits: Limits) -> list[int]:
        template = self._tokenizer.chat_template
        text = (
            self._conversation(matter, sentences, limits)
            if template
            else _completion(matter, sentences, limits)
        )
        # A template writes its own special tokens.
        ids: list[int] = self._tokenizer(text, add_special_tokens=not template)["input_ids"]
        return ids

    def _conversation(self, matter: Matter, sentences: Sequence[str], limits: Limits) -> str:
        words = wording(matter.lang)
        example = fence(words.title, [words.article])
        # No system role: several templates (Gemma's) refuse it.
        messages = [
            {"role": "user", "content": f"{instructions(matter.lang, limits)}\n\n{example}"},
            {"role": "assistant", "content": words.summary},
            {"role": "user", "content": fence(matter.title, sentences)},
        ]
        # Templates know thinking by one of two names (Qwen's, then DeepSeek's and Granite's), or not at all.
        return str(
            self._tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True, enable_thinking=False, thinking=False
            )
        )


def _completion(matter: Matter, sentences: Sequence[str], limits: Limits) -> str:
    """A text that a base model would go on with by writing the summary."""
    words = wording(matter.lang)
    example = f"{fence(words.title, [words.article])}\n{words.label} {words.summary}"
    return (
        f"{instructions(matter.lang, limits)}\n\n{example}\n\n{fence(matter.title, sentences)}\n{words.label}"
    )


def _line_ends(tokenizer: Any) -> Any:
    """A criterion that ends each row at its first line break: a base model never ends by itself."""
    import torch  # noqa: PLC0415 - an extra, and seconds to import
    from transformers import StoppingCriteria  # noqa: PLC0415 - as above

    class LineEnds(StoppingCriteria):
        def __call__(self, input_ids: Any, *_: Any, **__: Any) -> Any:
            last = tokenizer.batch_decode(input_ids[:, -1:])
            return torch.tensor(["\n" in token for token in last], device=input_ids.device)

    return LineEnds()
