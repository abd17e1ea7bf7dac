"""One polite client for all requests of a harvest: slow by choice, patient with failures, deaf to traps.

Redirects are followed by hand, so that every hop is judged like a first address; robots.txt of every host is obeyed;
requests to one host keep their distance; what fails for the moment is tried again. A body goes into a temporary file
that no one can see, up to a size. Does not belong here: what a body is (``content``), where it is kept (``keeping``).
"""

import email.utils
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from pipelines.harvest.addresses import RefusedAddressError, Resolve, check_url, checked_address, resolve
from pipelines.harvest.robots import AGENT, MAX_BYTES, Robots

_HOPS = 5
_ATTEMPTS = 4
_LONGEST_PAUSE = 300.0
_LONGEST_BODY = 600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_IN_MEMORY = 1 << 20


class FetchError(Exception):
    """A file was not got; the message says why. ``passing``: it may be there at another time."""

    def __init__(self, reason: str, *, passing: bool = False, pause: float | None = None) -> None:
        super().__init__(reason)
        self.passing, self.pause = passing, pause


class Limits(msgspec.Struct, frozen=True):
    """How a source wants to be asked."""

    delay: float = 2.0
    max_bytes: int = 100 << 20
    private_hosts: tuple[str, ...] = ()


class Fetched(msgspec.Struct, frozen=True):
    """An answer: its body as an open file at its beginning, or None if it has not changed."""

    url: str
    """Where it was found at last."""
    headers: dict[str, str]
    """Names in lower case; text as the bytes were sent, one character each (latin-1)."""
    body: IO[bytes] | None


class CheckedTransport(httpx.BaseTransport):
    """Connects to the address that was judged, with the name only in the request and in the certificate's check."""

    def __init__(self, private_hosts: Callable[[], tuple[str, ...]], resolve: Resolve) -> None:
        self._private_hosts, self._resolve = private_hosts, resolve
        self._by_host: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises what the check of its host or httpx raises."""
        host, port = request.url.host, request.url.port or {"https": 443}.get(request.url.scheme, 80)
        try:
            address = checked_address(host, port, self._private_hosts(), self._resolve)
        except OSError as error:
            raise httpx.ConnectError(f"{host} cannot be found: {error}", request=request) from error
        transport = self._by_host.setdefault(host, httpx.HTTPTransport(retries=0, trust_env=False))
        extensions = {**request.extensions, "sni_hostname": host}
        url = request.url.copy_with(host=address)
        return transport.handle_request(
            httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)
        )

    def close(self) -> None:
        """Close all connections."""
        for transport in self._by_host.values():
            transport.close()


class Client:
    """Fetches one address after another; close it after use."""

    def __init__(
        self,
        resolve: Resolve = resolve,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        timeout: float = 30.0,
    ) -> None:
        self._limits = Limits()
        self._sleep, self._clock = sleep, clock
        self._last: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}
        self._http = httpx.Client(
            transport=CheckedTransport(lambda: self._limits.private_hosts, resolve),
            trust_env=False,
            timeout=httpx.Timeout(timeout),
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        )

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def fetch(self, url: str, limits: Limits, known: dict[str, str] | None = None) -> Fetched:
        """Fetch an address, in several attempts if need be; ``known`` are headers that ask for changes only.

        Raises:
            FetchError: it was not got.
        """
        self._limits = limits
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._follow(url, known or {})
            except FetchError as error:
                pause = error.pause if error.pause is not None else limits.delay * 2**attempt
                if not error.passing or attempt == _ATTEMPTS or pause > _LONGEST_PAUSE:
                    raise
                self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, url: str, known: dict[str, str]) -> Fetched:
        seen: list[str] = []
        while True:
            if url in seen:
                raise FetchError(f"it redirects in a circle: {' → '.join([*seen, url])}")
            if len(seen) > _HOPS:
                raise FetchError(f"it redirects more than {_HOPS} times")
            seen.append(url)
            self._may(url)
            answer = self._ask(url, known)
            if isinstance(answer, Fetched):
                return answer
            url = answer

    def _may(self, url: str) -> None:
        """Raise ``FetchError`` unless address and robots.txt allow to ask."""
        try:
            check_url(url)
        except RefusedAddressError as error:
            raise FetchError(str(error)) from error
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._robots_of(origin)
        robots = self._robots[origin]
        if robots.problem:
            raise FetchError(robots.problem, passing=robots.passing)
        if not robots.allows(url):
            raise FetchError(f"{origin}/robots.txt does not allow it")

    def _robots_of(self, origin: str) -> Robots:
        answer: Fetched | str = f"{origin}/robots.txt"
        try:
            for _ in range(_HOPS):
                if isinstance(answer, str):
                    check_url(answer)
                    answer = self._ask(answer, {}, limit=MAX_BYTES)
        except (FetchError, RefusedAddressError) as error:
            return Robots.without(str(error), refused=not getattr(error, "passing", False))
        if isinstance(answer, str) or answer.body is None:
            return Robots.without("", refused=True)
        with answer.body as body:
            return Robots.of(body.read())

    def _ask(self, url: str, known: dict[str, str], limit: int | None = None) -> "Fetched | str":
        """One request: what came, or where it sends us."""
        host = urlsplit(url).netloc
        self._keep_distance(url, host)
        try:
            with self._sent(url, known) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return _location(url, response)
                if response.status_code == 304 and known:
                    return Fetched(url, _headers(response), None)
                _refuse_status(response)
                return Fetched(url, _headers(response), self._body(response, limit or self._limits.max_bytes))
        except RefusedAddressError as error:
            raise FetchError(str(error)) from error
        except httpx.DecodingError as error:
            raise FetchError(f"what came cannot be unpacked: {error}", passing=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            passing = not isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL)
            raise FetchError(f"{type(error).__name__}: {error}", passing=passing) from error
        finally:
            self._last[host] = self._clock()

    @contextmanager
    def _sent(self, url: str, known: dict[str, str]) -> Iterator[httpx.Response]:
        response = self._http.send(self._http.build_request("GET", url, headers=known), stream=True)
        try:
            yield response
        finally:
            response.close()

    def _keep_distance(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        robots = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        delay = max(self._limits.delay, robots.delay if robots else 0.0)
        wait = self._last.get(host, self._clock() - delay) + delay - self._clock()
        if wait > 0:
            self._sleep(wait)

    def _body(self, response: httpx.Response, limit: int) -> IO[bytes]:
        """The body in a file without a name, which goes with the process."""
        told = response.headers.get("content-length", "")
        if told.isdigit() and int(told) > limit:
            raise FetchError(f"it is larger than {limit >> 20} MB")
        body = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        began, size = self._clock(), 0
        try:
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > limit:
                    raise FetchError(f"it is larger than {limit >> 20} MB")
                if self._clock() - began > _LONGEST_BODY:
                    raise FetchError(f"it took longer than {_LONGEST_BODY:g} s", passing=True)
                body.write(chunk)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body


def _location(url: str, response: httpx.Response) -> str:
    location: str = response.headers.get("location", "")
    try:  # sites send names in UTF-8 or GBK without quoting
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        location = location.encode("latin-1", "replace").decode("gb18030", "replace")
    return urljoin(url, location)


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers.raw}


def _refuse_status(response: httpx.Response) -> None:
    status = response.status_code
    if status != 200:
        pause = _retry_after(response.headers.get("retry-after", ""))
        later = f", asks to come back in {pause:.0f} s" if pause is not None else ""
        raise FetchError(f"the server answers {status}{later}", passing=status in _PASSING, pause=pause)


def _retry_after(text: str) -> float | None:
    if text.strip().isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, moment.timestamp() - time.time())
