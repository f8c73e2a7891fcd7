"""Reading prompts on a CPU: each alone and at its own length, what they share only once, then side by side.

generate() pads a batch's prompts to the longest and reads the padding too; on a CPU, where reading costs as
much as writing, that eats what batching saves. And its cache grows by copying itself for every token.
"""

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from itertools import takewhile
from typing import Any

from summarizer.neural.loading import library

#: Tokens that tell which prompts begin alike: instructions in one language do, in two they don't.
_OPENING = 16


def cache(model: Any, rows: Sequence[Sequence[int]], new_tokens: int) -> dict[str, Any]:
    """Options of generate() for left-padded rows of token ids: a fixed cache with all but the last token.

    Empty where that is no gain or can't be done: on a GPU (padding is cheap there, and a fixed size would set
    off a compilation), and for models that want a cache of their own kind.
    """
    # The library's own mark of models that can do with a fixed size.
    able = getattr(model, "_can_compile_fullgraph", False) and not model.config.is_encoder_decoder
    if model.device.type != "cpu" or not able or model.generation_config.cache_implementation:
        return {}
    width = max(map(len, rows))
    text = model.config.get_text_config(decoder=True)
    fixed = library().StaticCache(config=text, max_cache_len=width + new_tokens)
    if len(rows) > 1 and min(map(len, rows)) > 1:
        _side_by_side(_read(model, rows), fixed, width - 1)
    return {"past_key_values": fixed}


def _read(model: Any, rows: Sequence[Sequence[int]]) -> list[Any]:
    """A cache for each row, of all its tokens but the last; what rows begin with alike is read once."""
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        alike[tuple(row[:_OPENING])].append(place)
    caches: dict[int, Any] = {}
    for places in alike.values():
        # At least one token of each row is left to be read alone.
        columns = zip(*(rows[place][:-2] for place in places), strict=False)
        prefix = [ids[0] for ids in takewhile(lambda ids: len({*ids}) == 1, columns)]
        shared = library().DynamicCache()
        if prefix:
            _read_on(model, prefix, shared)
        for place in places:
            caches[place] = deepcopy(shared)
            _read_on(model, rows[place][len(prefix) : -1], caches[place])
    return [caches[place] for place in range(len(rows))]


def _read_on(model: Any, ids: Sequence[int], read: Any) -> None:
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    model(input_ids=torch.tensor([ids]), past_key_values=read, use_cache=True, logits_to_keep=1)


def _side_by_side(caches: Sequence[Any], fixed: Any, width: int) -> None:
    """Put the rows' caches into one, each ending where the padding on its left makes it end."""
    import torch  # noqa: PLC0415 - as above

    def aligned(states: Sequence[Any]) -> Any:
        pad = torch.nn.functional.pad
        return torch.cat([pad(state, (0, 0, width - state.shape[2], 0)) for state in states])

    for place in range(len(caches[0].layers)):
        layers = [own.layers[place] for own in caches]
        fixed.update(
            aligned([layer.keys for layer in layers]), aligned([layer.values for layer in layers]), place
        )
