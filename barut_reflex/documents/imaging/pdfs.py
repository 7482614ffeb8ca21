"""PDFs: what a page draws is copied into a new file by an allow-list; nothing else comes along."""

import contextlib
import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from ..rules import PAGE_LIMIT, Reason, Unfit
from .kept import KEPT, MAPS, SUBTYPES, TRANSPARENCY, TYPES, UNWANTED
from .streams import Meter, filters_of, without_metadata

DEPTH = 60
OBJECTS = 60_000
TAIL = 2_048  # bytes within which %%EOF has to stand
A4 = [0, 0, 595, 842]
PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")  # those a page inherits


def add_pages(content: bytes, target: Pdf) -> None:
    """Copy the pages of a foreign PDF to the end of `target`. Raises Unfit."""
    if b"%%EOF" not in content[-TAIL:]:
        raise Unfit(Reason.BROKEN)
    try:
        source = Pdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise Unfit(Reason.ENCRYPTED) from error
    if source.is_encrypted:
        raise Unfit(Reason.ENCRYPTED)
    count = len(source.pages)
    check_count(count + len(target.pages))
    if count == 0:
        raise Unfit(Reason.BROKEN)
    with contextlib.suppress(pikepdf.PdfError, ValueError):  # stamps and filled fields stay seen
        source.flatten_annotations("screen")
    copier = _Copier(target)
    for page in source.pages:
        target.pages.append(pikepdf.Page(copier.page(page.obj)))


def check_count(count: int) -> None:
    if count > PAGE_LIMIT:
        raise Unfit(Reason.TOO_MANY_PAGES, actual=str(count), limit=str(PAGE_LIMIT))


class _Copier:
    """Copies drawing, and only drawing, from one file to another."""

    def __init__(self, target: Pdf):
        self.target = target
        self.meter = Meter()
        self.copied: dict[tuple[int, int], Object] = {}
        self.seen = 0

    def page(self, page: Object) -> Object:
        new = Dictionary(Type=Name.Page, MediaBox=Array(A4), Resources=Dictionary())
        for key in PAGE_KEYS:
            if (value := _inherited(page, key)) is not None:
                new[key] = self._resources(value) if key == "/Resources" else self._box(key, value)
        if isinstance(group := page.get("/Group"), Dictionary):
            new["/Group"] = self._value(group, 0)
        new["/Contents"] = self._contents(page.get("/Contents"))
        return self.target.make_indirect(new)

    def _box(self, key: str, value: Object) -> Object:
        if key == "/Rotate":
            return int(value) // 90 * 90 % 360  # pyright: ignore[reportReturnType]
        numbers = [float(number) for number in value.as_list()]
        if len(numbers) != 4 or max(map(abs, numbers)) > 20_000:
            raise Unfit(Reason.BROKEN)
        return Array(numbers)

    def _contents(self, contents: Object | None):
        parts = list(contents.as_list()) if isinstance(contents, Array) else [contents]
        streams = [self._stream(part, 0) for part in parts if isinstance(part, Stream)]
        return streams[0] if len(streams) == 1 else Array(streams)

    def _resources(self, resources: Object, depth: int = 0) -> Object:
        new = Dictionary()
        if not isinstance(resources, Dictionary):
            return new
        for key in MAPS & set(resources.keys()):
            if isinstance(named := resources[key], Dictionary):
                new[key] = self._map(named, depth + 1)
        return new

    def _map(self, named: Object, depth: int) -> Object:
        """A dictionary whose keys are the file's own names."""
        new = Dictionary()
        for key, value in named.items():
            if key not in UNWANTED and (copy := self._value(value, depth)) is not None:
                new[key] = copy
        return new

    def _value(self, value, depth: int):
        """A copy of anything; None for what is not kept."""
        self.seen += 1
        if depth > DEPTH or self.seen > OBJECTS:
            raise Unfit(Reason.TOO_HEAVY)
        if isinstance(value, Stream):
            return self._stream(value, depth)
        if isinstance(value, Dictionary):
            return self._dictionary(value, depth)
        if isinstance(value, Array):
            return self._array(value, depth)
        return None if isinstance(value, Name) and str(value) in UNWANTED else value

    def _array(self, value: Array, depth: int) -> Object:
        return Array([self._value(item, depth + 1) for item in value.as_list()])

    def _dictionary(self, value: Object, depth: int):
        if value.is_indirect:
            if value.objgen in self.copied:
                return self.copied[value.objgen]
            new = self.copied[value.objgen] = self.target.make_indirect(Dictionary())
        else:
            new = Dictionary()
        self._fill(new, value, depth)
        return new

    def _stream(self, value: Stream, depth: int):
        if value.objgen in self.copied:
            return self.copied[value.objgen]
        subtype = str(value.stream_dict.get("/Subtype", "/Form"))
        if subtype not in SUBTYPES or "/F" in value.stream_dict:  # PostScript, bytes elsewhere
            return None
        self.meter.check(value)
        content = value.read_raw_bytes()
        if filters_of(value) == ["/DCTDecode"]:
            content = without_metadata(content)
        new = self.copied[value.objgen] = self.target.make_stream(content)
        self._fill(new, value.stream_dict, depth)
        return new

    def _fill(self, new: Object, old: Object, depth: int) -> None:
        for key in KEPT & set(old.keys()):
            value = old[key]
            if key == "/Resources":
                new[key] = self._resources(value, depth + 1)
            elif key == "/CharProcs" and isinstance(value, Dictionary):
                new[key] = self._map(value, depth + 1)
            elif key == "/S" and str(value) not in TRANSPARENCY:
                continue
            elif (copy := self._value(value, depth + 1)) is not None:
                new[key] = copy
        if isinstance(kind := old.get("/Type"), Name) and str(kind) in TYPES:
            new["/Type"] = kind


def _inherited(page: Object, key: str) -> Object | None:
    """What a page says itself or takes from the branches above it."""
    for _ in range(DEPTH):
        if (value := page.get(key)) is not None:
            return value
        if not isinstance(page := page.get("/Parent"), Dictionary):  # pyright: ignore
            return None
    raise Unfit(Reason.BROKEN)
