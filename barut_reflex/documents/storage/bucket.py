"""Store of uploaded papers in a bucket of an S3 server (AWS, MinIO, Garage, …), through obstore.

The server makes an object visible whole or not at all, and refuses a name that is taken
(`If-None-Match: *`) or a body that does not match its checksum. Objects are private: only the
server reads them.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from ...core.settings import UnsafeSetting, settings
from .names import NAME_PATTERN, NameTaken, StoreAway

RETRY_CONFIG: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=15)}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
T = TypeVar("T")
log = logging.getLogger(__name__)


class Bucket:
    """A store at `s3://bucket/prefix?endpoint=https://…&region=…`; its keys come from settings."""

    def __init__(self, url: str):
        address = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(address.query).items()}
        endpoint, region = options.get("endpoint"), options.get("region", "us-east-1")
        custom: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
        client = {"allow_http": _is_plain(endpoint), "connect_timeout": "5s", "timeout": "30s"}
        self._s3 = S3Store(
            address.netloc,
            prefix=address.path.strip("/") or None,
            region=region,
            access_key_id=settings.store_key.get_secret_value(),
            secret_access_key=settings.store_secret.get_secret_value(),
            checksum_algorithm="SHA256",
            client_options=cast(Any, client),
            retry_config=RETRY_CONFIG,
            **custom,
        )

    def put(self, name: str, content: bytes) -> None:
        """Store an object; it is written whole or not at all. Raises NameTaken, StoreAway."""
        try:
            _call(lambda: obstore.put(self._s3, name, content, mode="create", use_multipart=False))
        except AlreadyExistsError as error:  # may be our own: a retry after a lost answer
            if _checksum(self.read(name)) != _checksum(content):
                raise NameTaken from error
        except FileNotFoundError as error:  # the bucket itself does not exist
            raise StoreAway from error

    def read(self, name: str) -> bytes:
        return _call(lambda: bytes(obstore.get(self._s3, name).bytes()))

    def exists(self, name: str) -> bool:
        try:
            _call(lambda: obstore.head(self._s3, name))
        except FileNotFoundError:
            return False
        return True

    def remove(self, name: str) -> None:
        _call(lambda: obstore.delete(self._s3, name))

    def names(self) -> list[str]:
        return [about["path"] for about in self._objects()]

    def names_before(self, moment: datetime) -> Iterator[str]:
        return (o["path"] for o in self._objects() if o["last_modified"] < moment)

    def is_reachable(self) -> bool:
        """Whether the server answers, knows us and has the bucket."""
        try:
            _call(lambda: next(iter(obstore.list(self._s3)), None))
        except (StoreAway, FileNotFoundError):
            return False
        return True

    def _objects(self) -> list[Any]:
        """The objects under the prefix whose name has our form; others are not papers."""
        listed = _call(lambda: [about for part in obstore.list(self._s3) for about in part])
        return [about for about in listed if NAME_PATTERN.fullmatch(about["path"])]


def _is_plain(endpoint: str | None) -> bool:
    """Whether the endpoint is unencrypted HTTP, which is allowed on this machine only."""
    address = urlsplit(endpoint or "https://")
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        raise UnsafeSetting("BARUT_STORE_URL: endpoint harus https:// (http hanya di mesin ini).")
    return address.scheme == "http"


def _call(question: Callable[[], T]) -> T:
    """Call the server; any failure but a missing or an existing object is raised as StoreAway."""
    try:
        return question()
    except AlreadyExistsError:
        raise
    except (BaseError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        log.error("alarm: the store of papers does not answer: %s", type(error).__name__)
        raise StoreAway from error


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
