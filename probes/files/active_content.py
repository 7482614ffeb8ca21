"""Searches a stored JPEG or PDF for active content (scripts, actions, attachments) and metadata."""

import io

import pikepdf
from PIL import Image

from .text_search import places_of

ACTIVE_KEYS = {
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFiles", "/EF"),
    *("/EmbeddedFile", "/XFA", "/AcroForm", "/RichMedia", "/Annots", "/Names", "/AF", "/A"),
    *("/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Metadata", "/PieceInfo", "/Outlines"),
    *("/OPI", "/Ref", "/FS", "/Dests", "/Threads", "/Collection", "/Perms", "/Thumb", "/Trans"),
}
ACTIVE_VALUES = {
    *("/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/Named", "/Filespec", "/Action"),
    *("/Annot", "/EmbeddedFile", "/PS", "/RichMedia", "/ResetForm", "/SetOCGState", "/Trans"),
}
MARKERS = {0xDB, 0xC0, 0xC4, 0xDA, 0xE0, 0xDD, 0xC2}  # what a plain JPEG is made of


def signs_of_life(content: bytes, media_type: str, canary: bytes = b"") -> list[str]:
    """Everything in a stored paper that acts, links, attaches or tells; empty when it is dead."""
    if media_type == "image/jpeg":
        found = _in_jpeg(content)
        tells = bool(canary) and canary in content
    else:
        found = _in_pdf(content)
        tells = bool(canary) and bool(places_of(content, canary))
    return [*found, "canary"] if tells else found


def _in_jpeg(content: bytes) -> list[str]:
    picture = Image.open(io.BytesIO(content), formats=("JPEG",))
    picture.load()
    found = [key for key in ("exif", "icc_profile", "comment", "xmp") if key in picture.info]
    found += [f"{w}px" for w in picture.size if w > 2400]
    found += [] if picture.mode == "RGB" else [picture.mode]
    at = 2
    while content[at + 1] != 0xDA:
        if content[at + 1] not in MARKERS:
            found.append(hex(content[at + 1]))
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return found + ([] if content.endswith(b"\xff\xd9") else ["tail"])


def _in_pdf(content: bytes) -> list[str]:
    found: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if len(pdf.pages) > 20:
            found.append("pages")
        found += [f"catalog {key}" for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}]
        found += ["info"] if "/Info" in pdf.trailer else []
        for item in pdf.objects:
            _visit(item, found)
    return found


def _visit(item, found: list[str]) -> None:
    """One indirect object with the direct ones inside it."""
    if isinstance(item, pikepdf.Stream) and "/F" in item.stream_dict:
        found.append("external stream")
    if isinstance(item, pikepdf.Stream) and item.stream_dict.get("/Filter") == "/DCTDecode":
        found += _in_jpeg(item.read_raw_bytes())
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        pairs = item.stream_dict.items() if isinstance(item, pikepdf.Stream) else item.items()
        for key, value in pairs:
            if key in ACTIVE_KEYS:
                found.append(str(key))
            _inside(value, found)
    elif isinstance(item, pikepdf.Array):
        for value in item.as_list():
            _inside(value, found)


def _inside(value, found: list[str]) -> None:
    if isinstance(value, pikepdf.Name) and str(value) in ACTIVE_VALUES:
        found.append(f"= {value}")
    elif isinstance(value, pikepdf.Object) and not value.is_indirect:
        _visit(value, found)
