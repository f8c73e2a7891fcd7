"""What stays as long as the process: not looked through again and again for garbage."""

import gc


def settle() -> None:
    """Call once, when everything stands: what lives now is left out of all later garbage collections.

    A full collection walks every object there is while nobody is answered: about 90 ms for the modules, words
    and tables that a process loads, 16 ms without them (docs/decisions/0027).
    """
    # Else what is garbage now would stay for ever, too.
    gc.collect()
    gc.freeze()
