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

from bot.newsroom.inbound import Offload

#: Fewer pieces of work than this are done before a process has started.
WORTH_PROCESSES = 50
_MOST = 4
#: Loaded once by the server whose copies the processes are, so that none of them has to.
_PRELOADED = ["__main__", "bot.sources.parsing", "bot.newsroom.clean"]
#: Seconds after which a piece of work counts as lost with its process; it takes milliseconds.
_LONGEST = 120.0

P = ParamSpec("P")
T = TypeVar("T")


@asynccontextmanager
async def workers(pieces: int, certain: int = 0) -> AsyncIterator[Offload]:
    """A way to have up to so many pieces of work done.

    Processes start with the first piece, or at once where there is `certain` work for them: then they are
    ready when it comes.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if pieces < WORTH_PROCESSES or cores == 1:
        yield asyncio.to_thread
        return
    processes = _Processes(min(cores, _MOST))
    if certain >= WORTH_PROCESSES:
        processes.start()
    try:
        yield processes
    finally:
        await asyncio.to_thread(processes.close)


class _Processes:
    """A pool whose work is done by threads from the moment it breaks."""

    def __init__(self, count: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self._pool = ProcessPoolExecutor(count, context, _ignore_interrupts)
        self._count = count
        self._broken = False

    def start(self) -> None:
        """Start all processes; nothing waits for them."""
        for _ in range(self._count):
            self._pool.submit(os.getpid)

    async def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises."""
        task = partial(work, *args, **kwargs)
        try:
            if not self._broken:
                done = asyncio.get_running_loop().run_in_executor(self._pool, task)
                return await asyncio.wait_for(done, _LONGEST)
        except (BrokenProcessPool, TimeoutError):
            self._broken = True
        return await asyncio.to_thread(task)

    def close(self) -> None:
        """End the processes."""
        if self._broken:
            # A worker that starts while the pool breaks waits for ever, and the pool for it (CPython 3.11).
            for child in multiprocessing.active_children():
                child.kill()
        self._pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    # Ctrl-C is the parent's to handle; a worker would only print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
