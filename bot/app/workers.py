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
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import ParamSpec, TypeVar

from bot.domain.errors import SourceUnusable
from bot.newsroom.inbound import Offload

#: Fewer pieces of work than this are done before a process has started.
WORTH_PROCESSES = 50
_MOST = 4
#: Loaded once by the server whose copies the processes are, so that none of them has to.
_PRELOADED = ["__main__", "bot.sources.parsing", "bot.newsroom.clean"]
#: Seconds after which a piece of work is given up, and its process ended; it takes milliseconds.
_PATIENCE = 60.0
#: Pieces of work that a process has: the one it does, and the next, or it would wait for that one's way.
_AT_HAND = 2

P = ParamSpec("P")
T = TypeVar("T")


@asynccontextmanager
async def workers(pieces: int, certain: int = 0, *, patience: float = _PATIENCE) -> AsyncIterator[Offload]:
    """A way to have up to so many pieces of work done.

    Processes start with the first piece, or at once where there is `certain` work for them: then they are
    ready when it comes. A piece that takes one of them longer than `patience` seconds, or that ends two,
    raises SourceUnusable, and costs the others nothing.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if pieces < WORTH_PROCESSES or cores == 1:
        yield asyncio.to_thread
        return
    processes = _Processes(min(cores, _MOST), patience)
    if certain >= WORTH_PROCESSES:
        processes.start()
    try:
        yield processes
    finally:
        await processes.close()


class _Processes:
    """So many processes at most, each with its next piece of work at hand."""

    def __init__(self, count: int, patience: float) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_PRELOADED)
        self._count = count
        self._patience = patience
        self._places = asyncio.Semaphore(count * _AT_HAND)
        self._running: list[_Process] = []
        self._starting: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Start all processes, in a thread: to fork takes a tenth of a second, in which sources are asked."""
        self._starting = asyncio.ensure_future(asyncio.to_thread(self._start))

    def _start(self) -> None:
        self._running = [_Process(self._context) for _ in range(self._count)]

    async def _started(self) -> None:
        if self._starting:
            await asyncio.shield(self._starting)

    async def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises. Raises SourceUnusable where it can't be done."""
        task = partial(work, *args, **kwargs)
        async with self._places:
            await self._started()
            with suppress(BrokenProcessPool):
                return await self._least_busy().do(task, self._patience)
            # Its neighbour may have ended the process: now it has one to itself.
            alone = _Process(self._context)
            try:
                return await alone.do(task, self._patience)
            except BrokenProcessPool:
                raise SourceUnusable(
                    "reading its answer ended the process that read it, twice; is memory short?"
                ) from None
            finally:
                await asyncio.to_thread(alone.close)

    def _least_busy(self) -> "_Process":
        self._running = [one for one in self._running if not one.lost]
        if len(self._running) < self._count and all(one.pieces for one in self._running):
            self._running.append(_Process(self._context))
        return min(self._running, key=lambda one: one.pieces)

    async def close(self) -> None:
        """End the processes."""
        await self._started()
        for process in self._running:
            await asyncio.to_thread(process.close)


class _Process:
    """One process, which does one piece of work after the other."""

    def __init__(self, context: multiprocessing.context.ForkServerContext) -> None:
        self._pool = ProcessPoolExecutor(1, context, _ignore_interrupts)
        self._id = self._pool.submit(os.getpid)
        #: How many it has to do.
        self.pieces = 0
        #: Whether it is no more.
        self.lost = False

    async def do(self, task: Callable[[], T], patience: float) -> T:
        """What the task returns or raises.

        Raises:
            SourceUnusable: it took longer than so many seconds.
            BrokenProcessPool: the process ended meanwhile.
        """
        self.pieces += 1
        # The pieces before it have their time, too.
        most = patience * self.pieces
        try:
            process = await asyncio.wrap_future(self._id)
            done = self._pool.submit(task)
            try:
                return await asyncio.wait_for(asyncio.wrap_future(done), most)
            finally:
                if not done.done() or done.cancelled():
                    self.lost = True
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
        except BrokenProcessPool:
            self.lost = True
            raise
        except TimeoutError:
            raise SourceUnusable(f"its answer takes more than {patience:g} s to read") from None
        finally:
            self.pieces -= 1

    def close(self) -> None:
        """End it when it is done."""
        self._pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    # Ctrl-C is the parent's to handle; a worker would only print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
