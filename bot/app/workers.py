"""Work of the processor beside the event loop: threads for a little, processes for a lot.

Parsing and cleaning are Python, which threads only take turns at; a pass over hundreds of feeds is faster
by the number of cores in processes. These start from a clean server process, not as copies of this one with
its threads and connections.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from bot.newsroom.ports import Offload

#: Fewer pieces of work than this are done before a process has started.
WORTH_PROCESSES = 50
_MOST = 4
_PRELOADED = ["bot.sources.reader", "bot.newsroom.collect"]

P = ParamSpec("P")
T = TypeVar("T")


@asynccontextmanager
async def workers(pieces: int) -> AsyncIterator[Offload]:
    """A way to have about so many pieces of work done."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if pieces < WORTH_PROCESSES or cores == 1:
        yield asyncio.to_thread
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with ProcessPoolExecutor(min(cores, _MOST), context, _ignore_interrupts) as pool:
        yield partial(_in_process, pool)


def _ignore_interrupts() -> None:
    # Ctrl-C is the parent's to handle; a worker would only print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


async def _in_process(
    pool: ProcessPoolExecutor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, partial(work, *args, **kwargs))
    except BrokenProcessPool:
        # Somebody killed a worker; the pool is of no more use, the pass still is.
        return await asyncio.to_thread(work, *args, **kwargs)
