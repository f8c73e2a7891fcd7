"""A model that is loaded when it is first needed and let go when nobody has needed it for a while."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Resident(Generic[T]):
    """Holds what `load` gives; one user at a time, since a model's memory is its whole cost.

    After `idle` seconds without a user it is dropped, and the next user loads it again.
    """

    def __init__(self, load: Callable[[], T], idle: float) -> None:
        self._load = load
        self._idle = idle
        self._lock = threading.Lock()
        self._held: T | None = None
        self._timer: threading.Timer | None = None

    @contextmanager
    def use(self) -> Iterator[T]:
        """The model, loaded if need be; whatever `load` raises is raised here."""
        with self._lock:
            self._stop_timer()
            if self._held is None:
                self._held = self._load()
            try:
                yield self._held
            finally:
                self._start_timer()

    def release(self) -> None:
        """Let the model go now; the next use loads it again."""
        with self._lock:
            self._stop_timer()
            self._held = None

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._held is not None

    def _start_timer(self) -> None:
        self._timer = threading.Timer(self._idle, self.release)
        self._timer.daemon = True
        self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
