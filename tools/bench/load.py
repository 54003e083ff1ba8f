"""Several clients at once, each a process of its own: what each call took, and what went wrong."""

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

START_SECONDS = 120
#: Opens a client: the value of the context makes one call each time it is called.
Opener = Callable[..., AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Seconds of each call that went well, errors by their words, how long all took, processor time of the clients."""

    took: list[float]
    errors: Counter[str]
    seconds: float
    processor: float

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds

    @property
    def p95_ms(self) -> float:
        return quantiles(self.took, n=100)[94] * 1000 if len(self.took) > 1 else 0.0


def measure(opener: Opener, *arguments: Any, clients: int, seconds: float) -> Measured:
    """Runs `clients` processes for some seconds; each has made one call before the watch starts.

    `opener` and `arguments` go to the processes, which inherit the environment and nothing else.
    """
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(clients)
    with context.Pool(clients, initializer=_keep, initargs=(start,)) as pool:
        jobs = [pool.apply_async(_client, (opener, arguments, seconds)) for _ in range(clients)]
        answers = [job.get(timeout=START_SECONDS + seconds * 3) for job in jobs]
    return Measured(
        took=[one for took, *_ in answers for one in took],
        errors=sum((errors for _, errors, *_ in answers), Counter()),
        seconds=max(lasted for *_, lasted, _ in answers),
        processor=sum(used for *_, used in answers),
    )


_start: Any = None


def _keep(barrier: Any) -> None:
    global _start  # noqa: PLW0603  a barrier reaches a pool's process only when it is made
    _start = barrier


def _client(
    opener: Opener, arguments: tuple[Any, ...], seconds: float
) -> tuple[list[float], Counter[str], float, float]:
    took: list[float] = []
    errors: Counter[str] = Counter()
    with opener(*arguments) as call:
        call()
        _start.wait(START_SECONDS)
        begun, used = time.perf_counter(), time.process_time()
        while (now := time.perf_counter()) < begun + seconds:
            try:
                call()
            except Exception as problem:
                errors[f"{type(problem).__name__}: {problem}"[:200]] += 1
            else:
                took.append(time.perf_counter() - now)
        return took, errors, time.perf_counter() - begun, time.process_time() - used
