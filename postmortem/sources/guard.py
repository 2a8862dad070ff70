"""Which addresses may be asked at all: a URL, or a host with its port, in; what to connect to out, or a refusal. Opens
no connection.

A source's address, a redirect and a DNS answer are all words of strangers, and may point at machines that only we can
reach. So names are resolved once, every answer must be a global address, and `dial` connects to the answers that were
looked at. What the operator allowed by name may be anywhere.
"""

import re
from collections.abc import Callable, Collection, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from socket import EAI_AGAIN, gaierror

import httpx

from postmortem.sources.failure import FailedError

SCHEMES = {"http": 80, "https": 443}
LONGEST = 2_000
"""Characters in an address."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
_NUMBER = re.compile(r"(\d+|0x[0-9a-f]*)\.?")

_V4_BESIDES = tuple(map(IPv4Network, ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4")))
_V6_UNICAST = IPv6Network("2000::/3")
_V6_BESIDES = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Not global though some Pythons say so: IANA's special registries, relays, 6to4 (2002::/16), documentation."""

_NAT64 = IPv6Network("64:ff9b::/96")
_ALLOW = "or allow the host if it is yours"


def checked(address: str, allow: Collection[str] = ()) -> httpx.URL:
    """The address as a URL that may be asked, without a fragment. Raises FailedError (blocked)."""
    if len(address) > LONGEST or _UNSAFE.search(address):
        raise _refused(f"no address of a web page: at most {LONGEST:,} characters, no spaces, controls or backslashes")
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused("no address of a web page; write https://HOST/PATH") from error
    if url.scheme not in SCHEMES:
        raise _refused(f"the scheme {url.scheme!r} is not asked; http and https are")
    if url.userinfo:
        raise _refused("a name or password stands before the host; take it out")
    host = url.raw_host.decode("ascii")
    port = url.port or SCHEMES[url.scheme]
    if not _NAME.fullmatch(host) and _literal(host) is None:
        raise _refused(f"{host!r} is no name of a host; write https://HOST/PATH")
    if port not in SCHEMES.values() and not _allowed(host, port, allow):
        raise _refused(f"port {port} is not asked; 80 and 443 are, {_ALLOW}")
    return url


def reachable(
    host: str, port: int, allow: Collection[str], resolve: Callable[[str, int], Sequence[str]]
) -> tuple[str, ...]:
    """What to connect to for a host: the addresses that its name has now, all of them looked at.

    Errors: FailedError; blocked if any address is not global and the operator does not allow the host (`HOST` or
    `HOST:PORT`), down if there is none.
    """
    literal = _literal(host)
    if literal is None and _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise _refused(f"{host!r} is a number that stands for an address; write the address or a name")
    found = (host,) if literal is not None else _resolved(host, port, resolve)
    if not _allowed(host, port, allow):
        for each in found:
            if not is_global(each):
                named = "" if each == host else f"{host} is "
                raise _refused(f"{named}{each}, which is not on the public internet; name a public host, {_ALLOW}")
    return tuple(found)


def is_global(address: str) -> bool:
    """Whether the address is one of the public internet's (IANA's special-purpose registries, RFC 6890).

    An IPv4 address inside an IPv6 one (mapped, NAT64 of RFC 6052) counts as itself; 6to4 and other tunnels never do.
    """
    found = _literal(address)
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or (IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
        if inner is None:
            return found.scope_id is None and found in _V6_UNICAST and not any(found in each for each in _V6_BESIDES)
        found = inner
    if found is None:
        return False
    return found.is_global and not found.is_multicast and not any(found in each for each in _V4_BESIDES)


def _resolved(host: str, port: int, resolve: Callable[[str, int], Sequence[str]]) -> Sequence[str]:
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        later = isinstance(error, gaierror) and error.errno == EAI_AGAIN
        raise FailedError(f"{host} has no address; check the name and the network", again=later) from error
    if not found:
        raise FailedError(f"{host} has no address; check the name and the network")
    return found


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _allowed(host: str, port: int, allow: Collection[str]) -> bool:
    names = {each.lower().removeprefix("[").replace("]", "") for each in allow}
    return bool({host, host.rstrip("."), f"{host}:{port}"} & names)


def _refused(found: str) -> FailedError:
    return FailedError(found, "blocked")
