"""A memory that holds what was used last, up to a total weight."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Whatever is put in stays until newer things need its room; safe among threads."""

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda value: 1):
        self.room, self.weigh, self.weight = room, weigh, 0
        self._held: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if (value := self._held.pop(key, None)) is not None:
                self._held[key] = value  # now the newest
            return value

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            if (old := self._held.pop(key, None)) is not None:
                self.weight -= self.weigh(old)
            self._held[key] = value
            self.weight += self.weigh(value)
            while self.weight > self.room:
                self.weight -= self.weigh(self._held.pop(next(iter(self._held))))

    def clear(self) -> None:
        with self._lock:
            self._held, self.weight = {}, 0

    def __len__(self) -> int:
        return len(self._held)
