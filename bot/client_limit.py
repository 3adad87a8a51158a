"""How many requests one client may send to what everyone can reach, and how many may wait there."""

import ipaddress
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

BURST, PER_SECOND = 100, 2.0  # requests of one client: at once, and from then on
MAX_CLIENTS = 20_000  # that are remembered


class ClientLimit:
    """So many requests of each client at once, and then so many a second."""

    def __init__(
        self, burst: int = BURST, per_second: float = PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when each may send a whole burst again

    def seconds_to_wait(self, client: str) -> int:
        """Count a request; 0 when it may be answered, else in how many seconds the client may come again."""
        name, now = _network_of(client), self._clock()
        full_at = max(self._full_at.pop(name, now), now) + 1 / self._per_second
        too_early = full_at - now - self._burst / self._per_second
        self._full_at[name] = full_at if too_early <= 0 else full_at - 1 / self._per_second
        if len(self._full_at) > MAX_CLIENTS:
            self._full_at.popitem(last=False)
        return 0 if too_early <= 0 else max(1, round(too_early + 0.5))


class WaitingLimit:
    """So many requests that wait or are answered, in all and of one client; for one thread."""

    def __init__(self, total: int, of_one: int) -> None:
        self._total, self._of_one = total, of_one
        self._waiting: Counter[str] = Counter()

    def is_full(self, client: str) -> bool:
        """Whether another one of this client is too many."""
        return self._waiting.total() >= self._total or self._waiting[_network_of(client)] >= self._of_one

    @contextmanager
    def one_more(self, client: str) -> Iterator[None]:
        """Inside, a request of this client counts."""
        one = Counter([_network_of(client)])
        self._waiting += one
        try:
            yield
        finally:
            self._waiting -= one  # which forgets a client that has none left


def client_of(scope: MutableMapping[str, Any]) -> str:
    """The address that a request came from, of its ASGI scope; empty where the server does not say."""
    return str((scope.get("client") or ("",))[0])


def _network_of(client: str) -> str:
    """An address; of IPv6 the network that one customer has."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client[:60]
    is_long = isinstance(address, ipaddress.IPv6Address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if is_long else client
