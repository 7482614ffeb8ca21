"""Plants invisible text in other parts of a PDF.

`WORDS` change an open file, `BYTES` the saved one.
"""

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Pdf, String

from .planted_pictures import PACKERS, profile

Place = Callable[[Pdf, bytes], None]
BOX = Array([0, 0, 9, 9])


def _wide(words: bytes) -> String:
    return String(b"\xfe\xff" + words.decode().encode("utf-16-be"))


def resource(kind: str, make: Callable[[Pdf, bytes], object]) -> Place:
    """Among the resources of the first page, used or not."""

    def change(pdf: Pdf, words: bytes) -> None:
        resources = pdf.pages[0].obj.Resources
        if kind not in resources:
            resources[kind] = Dictionary()
        resources[kind]["/K5"] = make(pdf, words)

    return change


def _drawn(content: Callable[[bytes], bytes]) -> Place:
    return lambda pdf, words: pdf.pages[0].contents_add(content(words))


def _content(packer: str, *, is_tail: bool) -> Place:
    """A comment in packed content, or words behind the end of what is packed."""

    def change(pdf: Pdf, words: bytes) -> None:
        pack = PACKERS[packer]
        packed = pack(b"q Q") + words if is_tail else pack(b"% " + words + b"\nq Q")
        stream = pdf.make_stream(packed, Filter=Name(f"/{packer}"))
        pdf.pages[0].contents_add(stream)

    return change


def _picture_tail(own: str, head: bytes = b"") -> Place:
    """Words behind the end of a picture that is no JPEG."""

    def make(pdf: Pdf, words: bytes) -> object:
        content = (PACKERS[own](bytes(64)) if own in PACKERS else head) + words
        said = {"Width": 8, "Height": 8, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        image = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Image, **said)
        image.Filter = Name(f"/{own}")
        return image

    return resource("/XObject", make)


def _form(content: bytes = b"q Q", **said) -> Callable[[Pdf, bytes], object]:
    def make(pdf: Pdf, words: bytes) -> object:
        form = pdf.make_stream(content.replace(b"WORDS", words))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, BOX
        for key, value in said.items():
            form[f"/{key}"] = value(pdf, words)
        return form

    return make


def text_of(_: Pdf, words: bytes) -> object:
    return words.decode()


def name_of(_: Pdf, words: bytes) -> object:
    return Name("/" + words.decode())


def xmp(pdf: Pdf, words: bytes) -> object:
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
    packet += b"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
    packet += b"xmlns:dc='http://purl.org/dc/elements/1.1/' rdf:about='' dc:source='%s'/>" % words
    packet += b"</rdf:RDF></x:xmpmeta>"
    return pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def _private(pdf: Pdf, words: bytes) -> object:
    return Dictionary(K=Dictionary(Private=words.decode(), LastModified=words.decode()))


def _file(pdf: Pdf, words: bytes) -> object:
    inner = pdf.make_stream(words, Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F="a", EF=Dictionary(F=inner)))


def _at(where: str, key: str, make: Callable[[Pdf, bytes], object]) -> Place:
    def change(pdf: Pdf, words: bytes) -> None:
        place = pdf.Root if where == "catalog" else pdf.pages[0].obj
        place[key] = make(pdf, words)

    return change


def _said(key: str, spell: Callable[[bytes], object]) -> Place:
    def change(pdf: Pdf, words: bytes) -> None:
        pdf.docinfo[key] = spell(words)

    return change


def _annotation(key: str, subtype: str = "/Link") -> Place:
    """Words at a note; those it shows as its looks are not among them."""

    def change(pdf: Pdf, words: bytes) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=BOX, F=2)
        note[key] = words.decode()
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return change


def _looks(pdf: Pdf, words: bytes) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=BOX, F=4)
    note.AP = Dictionary(N=_form(b"% WORDS\n0 0 5 5 re f")(pdf, words))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _layer(pdf: Pdf, words: bytes) -> object:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=words.decode()))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return layer


def _hidden(pdf: Pdf, words: bytes) -> None:
    resource("/Properties", lambda pdf, _: _layer(pdf, b"a"))(pdf, words)
    pdf.pages[0].contents_add(b"/OC /K5 BDC " + _letters(words, b"50 50 Td") + b" EMC")


def _letters(words: bytes, how: bytes) -> bytes:
    return b"BT /F1 12 Tf " + how + b" (" + words + b") Tj ET"


def _icc(pdf: Pdf, words: bytes) -> object:
    return Array([Name.ICCBased, pdf.make_stream(profile(words), N=3)])


def _ink(pdf: Pdf, words: bytes) -> object:
    turn = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0]), C1=Array([1]))
    return Array([Name.Separation, Name("/" + words.decode()), Name.DeviceGray, turn])


def _function(pdf: Pdf, words: bytes) -> object:
    turn = pdf.make_stream(b"{ % " + words + b"\n }", FunctionType=4, Domain=Array([0, 1]))
    turn.Range = Array([0, 1])
    return Array([Name.Separation, Name.Ink, Name.DeviceGray, turn])


def _shading(pdf: Pdf, words: bytes) -> object:
    mesh = pdf.make_stream(words, ShadingType=4, ColorSpace=Name.DeviceGray, BitsPerFlag=8)
    mesh.BitsPerCoordinate = mesh.BitsPerComponent = 8
    mesh.Decode = Array([0, 1, 0, 1, 0, 1])
    return mesh


WORDS: dict[str, Place] = {
    **{
        f"info {key}": _said(f"/{key}", lambda words: words.decode())
        for key in ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "Other")
    },
    "info in UTF-16": _said("/Title", _wide),
    "info as a name": _said("/Trapped", lambda words: Name("/" + words.decode())),
    **{
        f"{where} {key}": _at(where, key, make)
        for where in ("catalog", "page")
        for key, make in {
            "/Metadata": xmp,
            "/PieceInfo": _private,
            "/AF": lambda pdf, words: Array([_file(pdf, words)]),
            "/LastModified": text_of,
            "/Lang": text_of,
        }.items()
    },
    "tree": _at("catalog", "/StructTreeRoot", lambda pdf, words: Dictionary(Alt=words.decode())),
    "layer": lambda pdf, words: void(_layer(pdf, words)),
    "hidden layer": _hidden,
    "thumb": _at("page", "/Thumb", lambda pdf, words: pdf.make_stream(words)),
    "label": _at("catalog", "/PageLabels", lambda pdf, words: Dictionary(P=words.decode())),
    "outline": _at("catalog", "/Outlines", lambda pdf, words: Dictionary(Title=_wide(words))),
    "output intent": _at(
        "catalog", "/OutputIntents", lambda pdf, words: Array([Dictionary(Info=words.decode())])
    ),
    "destination": _at("catalog", "/Dests", lambda pdf, words: Dictionary({_key(words): Array()})),
    "attachment": lambda pdf, words: pdf.attachments.__setitem__("a", words),
    "file number": lambda pdf, words: pdf.trailer.__setitem__("/ID", Array([words] * 2)),
    **{f"note {key}": _annotation(key) for key in ("/Contents", "/T", "/Subj", "/NM", "/RC", "/M")},
    "field": _annotation("/V", "/Widget"),
    "looks of a note": _looks,
    **{f"comment behind {packer}": _content(packer, is_tail=False) for packer in PACKERS},
    **{f"tail of {packer}": _content(packer, is_tail=True) for packer in PACKERS},
    **{
        f"tail of a picture, {own}": _picture_tail(own)
        for own in (*PACKERS, "CCITTFaxDecode", "JBIG2Decode")
    },
    "tail of a fax": _picture_tail("CCITTFaxDecode", b"\x00\x10\x01\x00\x10\x01"),
    "comment of JBIG2": _picture_tail("JBIG2Decode", b"\0\0\0\0\x3e\0\1\0\0\0\x30\x20\0\0\0"),
    "comment": _drawn(lambda words: b"% " + words + b"\nq Q"),
    "invisible text": _drawn(lambda words: _letters(words, b"3 Tr 50 50 Td")),
    "text beside the sheet": _drawn(lambda words: _letters(words, b"-900 50 Td")),
    "text of no size": _drawn(lambda words: _letters(words, b"0 0 0 0 50 50 Tm")),
    "white text": _drawn(lambda words: b"1 g " + _letters(words, b"50 50 Td")),
    "text cut off": _drawn(lambda words: b"q 0 0 0 0 re W n " + _letters(words, b"50 50 Td Q")),
    "unknown operator": _drawn(lambda words: b"BX (" + words + b") xx EX"),
    "spoken text": _drawn(lambda words: b"/Span <</ActualText (" + words + b")>> BDC EMC"),
    "spoken text in hex": _drawn(lambda words: b"/Span <</Alt <%s>>> BDC EMC" % _hexed(words)),
    "mark": _drawn(lambda words: b"/" + words + b" MP"),
    "property": resource("/Properties", lambda pdf, words: Dictionary(T=words.decode())),
    "form": resource("/XObject", _form(b"% WORDS\nq Q")),
    **{
        f"form {key}": resource("/XObject", _form(**{key: make}))
        for key, make in {
            "Metadata": xmp,
            "PieceInfo": _private,
            "LastModified": text_of,
            "Name": name_of,
            "OPI": lambda pdf, words: Dictionary(K=Dictionary(F=words.decode())),
            "Ref": lambda pdf, words: Dictionary(F=words.decode()),
            "Measure": lambda pdf, words: Dictionary(R=words.decode()),
        }.items()
    },
    "profile": resource("/ColorSpace", _icc),
    "ink": resource("/ColorSpace", _ink),
    "function": resource("/ColorSpace", _function),
    "shading": resource("/Shading", _shading),
    "halftone": resource("/ExtGState", lambda pdf, words: Dictionary(HTO=words.decode())),
}


def void(_: object) -> None:
    """For a change that gives something nobody wants."""


def _key(words: bytes) -> str:
    return "/" + words.decode()


def _hexed(words: bytes) -> bytes:
    return (b"\xfe\xff" + words.decode().encode("utf-16-be")).hex().encode()


def _stray(words: bytes) -> bytes:
    return b"\n99 0 obj\n<</Length %d>>stream\n%b\nendstream\nendobj\n" % (len(words), words)


BYTES: dict[str, Callable[[bytes, bytes], bytes]] = {
    "behind the end": lambda content, words: content + b"% " + words + b"\n%%EOF\n",
    "behind the head": lambda content, words: content.replace(b"\n", b"\n% " + words + b"\n", 1),
    "between objects": lambda content, words: content.replace(
        b"endobj\n", b"endobj\n% " + words + b"\n", 1
    ),
    "before the table": lambda content, words: content.replace(
        b"\nxref", b"\n% " + words + b"\nxref", 1
    ),
    "unknown object": lambda content, words: content.replace(b"\nxref", _stray(words) + b"xref", 1),
    "in the trailer": lambda content, words: content.replace(
        b"trailer <<", b"trailer << /K (" + words + b")", 1
    ),
    "older version": lambda content, words: content + _stray(words) + content[-40:],
}
