"""Which texts a model sees together: padding is paid for, so like lengths go together."""

from collections.abc import Sequence


def batches(lengths: Sequence[int], rows: int, area: int) -> list[list[int]]:
    """Indexes of texts, longest batch first, so that what does not fit in memory shows at once.

    A batch has at most `rows` texts, and at most `area` tokens with padding unless one text alone has more.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        # The first of a batch is its longest: that is what the others are padded to.
        if groups and len(groups[-1]) < rows and (len(groups[-1]) + 1) * lengths[groups[-1][0]] <= area:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups
