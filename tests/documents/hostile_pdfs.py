"""PDFs that act, attach, hide, lock or explode."""

import io
import random
import re
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from .genuine import letter, scan

SCRIPT = "app.alert('KANARI')"
Change = Callable[[Pdf], None]


def _with(change: Change, **save) -> Callable[[int], bytes]:
    def make(seed: int) -> bytes:
        with pikepdf.open(io.BytesIO(letter(seed, 2, picture=True))) as pdf:
            change(pdf)
            file = io.BytesIO()
            pdf.save(file, **save)
        return file.getvalue()

    return make


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=SCRIPT)


def _launch() -> Dictionary:
    return Dictionary(S=Name.Launch, F="KANARI.exe", Win=Dictionary(F="cmd.exe", P="KANARI"))


def _uri() -> Dictionary:
    return Dictionary(S=Name.URI, URI="http://kanari.contoh.id/KANARI")


ACTIONS: dict[str, Callable[[], Dictionary]] = {
    "script": _script,
    "launch": _launch,
    "uri": _uri,
    "submit": lambda: Dictionary(S=Name.SubmitForm, F="http://contoh.id/KANARI"),
    "import": lambda: Dictionary(S=Name.ImportData, F="KANARI"),
    "remote": lambda: Dictionary(S=Name.GoToR, F="\\\\contoh.id\\KANARI", D=Array([0, Name.Fit])),
    "embedded": lambda: Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N="KANARI")),
    "named": lambda: Dictionary(S=Name.Named, N=Name.Print, KANARI="KANARI"),
    "rendition": lambda: Dictionary(S=Name.Rendition, JS=SCRIPT, OP=0),
    "chain": lambda: Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([_script(), _launch()])),
}


def _open_action(action: Callable[[], Dictionary]) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(action())

    return change


def _page_action(action: Callable[[], Dictionary]) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.AA = Dictionary(O=action(), C=action())
        pdf.Root.AA = Dictionary(WC=action())

    return change


def _annotation(action: Callable[[], Dictionary], subtype: str = "/Link") -> Change:
    """An annotation with an appearance, so that flattening it carries something over."""

    def change(pdf: Pdf) -> None:
        look = pdf.make_stream(
            b"0 0 50 50 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 50, 50]),
            Resources=Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font, A=action()))),
            PieceInfo=Dictionary(X=Dictionary(Private=action())),
        )
        pdf.pages[0].obj.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name(subtype),
                        Rect=Array([10, 10, 60, 60]),
                        A=action(),
                        AA=Dictionary(E=action()),
                        AP=Dictionary(N=look),
                        Contents="KANARI",
                    )
                )
            ]
        )

    return change


def _names(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", _script()])))


def _attachment(pdf: Pdf) -> None:
    pdf.attachments["KANARI.exe"] = b"MZ KANARI X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


def _associated(pdf: Pdf) -> None:
    inner = pdf.make_stream(b"KANARI", Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F="KANARI", EF=Dictionary(F=inner))
    pdf.Root.AF = Array([pdf.make_indirect(spec)])
    pdf.pages[0].obj.AF = pdf.Root.AF
    pdf.pages[0].obj.Resources.Properties = Dictionary(P0=pdf.make_indirect(spec))


def _form(pdf: Pdf) -> None:
    field = Dictionary(
        FT=Name.Tx,
        T="KANARI",
        V="KANARI",
        Subtype=Name.Widget,
        Rect=Array([0, 0, 9, 9]),
        AA=Dictionary(K=_script(), V=_script()),
    )
    field = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))


def _xfa(pdf: Pdf) -> None:
    packet = pdf.make_stream(b"<xdp:xdp><script>KANARI</script></xdp:xdp>")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(["template", packet]))


def _rich_media(pdf: Pdf) -> None:
    asset = pdf.make_stream(b"CWS KANARI")
    content = Dictionary(Assets=Dictionary(Names=Array(["a.swf", asset])))
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]), RichMediaContent=content
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def _postscript(pdf: Pdf) -> None:
    program = pdf.make_stream(b"(KANARI) run", Type=Name.XObject, Subtype=Name.PS)
    resources = pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(PS0=program)


def _external(pdf: Pdf) -> None:
    image = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9)
    image.F = Dictionary(Type=Name.Filespec, FS=Name.URL, F="http://contoh.id/KANARI")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)


def _reference(pdf: Pdf) -> None:
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Ref = Dictionary(F="KANARI.pdf", Page=0)
    form.OPI = Dictionary({"/1.3": Dictionary(F="KANARI")})
    form.Metadata = pdf.make_stream(b"<x>KANARI</x>")
    form.PieceInfo = Dictionary(K=Dictionary(Private="KANARI"))
    pdf.pages[0].obj.Resources.XObject = Dictionary(Fm0=form)


def _alternates(pdf: Pdf) -> None:
    inner = pdf.make_stream(b"KANARI", Type=Name.XObject, Subtype=Name.Image)
    pixel = {"Width": 1, "Height": 1, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, **pixel)
    image.Alternates = Array([Dictionary(Image=inner, DefaultForPrinting=True)])
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)


def _in_graphics_state(pdf: Pdf) -> None:
    """Actions where a renderer never looks, but a careless copier would take them along."""
    state = Dictionary(Type=Name.ExtGState, CA=1, S=Name.JavaScript, JS=SCRIPT, A=_uri())
    state.Font = Array([Dictionary(Type=Name.Font, Subtype=Name.Type1, AA=_script()), 12])
    resources = pdf.pages[0].obj.Resources
    resources.ExtGState = Dictionary(
        {"/G": state, "/JavaScript": _script(), "/OpenAction": _launch(), "/H": _script()}
    )


def _back_to_the_catalog(pdf: Pdf) -> None:
    """Resources that lead back to everything else."""
    pdf.Root.OpenAction = _script()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.Encoding = pdf.Root
    font.FontDescriptor = pdf.pages[0].obj
    pdf.pages[0].obj.Resources.Font = Dictionary(F9=font, F8=pdf.Root)


def _structure(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K="KANARI")
    pdf.Root.Outlines = Dictionary(First=Dictionary(Title="KANARI", A=_script()))
    pdf.Root.Threads = Array([Dictionary(I=Dictionary(Title="KANARI"))])
    pdf.Root.Dests = Dictionary(KANARI=Array([0, Name.Fit]))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="KANARI")]))
    pdf.Root.Collection = Dictionary(D="KANARI")
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta>KANARI</x:xmpmeta>")
    pdf.docinfo["/Author"] = "KANARI"
    pdf.docinfo["/KANARI"] = "KANARI"


def _layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="KANARI"))
    shown = Dictionary(Order=Array([layer]), AS=Array([]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=layer)


def _thumb(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Thumb = pdf.make_stream(b"KANARI")
    page.B = Array(["KANARI"])
    page.Trans = Dictionary(S=Name.Fly)
    page.PresSteps = Dictionary(NA=_script())
    page.Tabs, page.LastModified, page.Dur = Name.S, "KANARI", 1
    page.PieceInfo = Dictionary(K="KANARI")
    page.VP = Array([Dictionary(Name="KANARI")])


CHANGES: dict[str, Change] = {
    **{f"open action {what}": _open_action(action) for what, action in ACTIONS.items()},
    **{f"page action {what}": _page_action(action) for what, action in ACTIONS.items()},
    **{f"link {what}": _annotation(action) for what, action in ACTIONS.items()},
    **{f"stamp {what}": _annotation(action, "/Stamp") for what, action in ACTIONS.items()},
    "screen": _annotation(_script, "/Screen"),
    "movie": _annotation(_launch, "/Movie"),
    "file annotation": _annotation(_uri, "/FileAttachment"),
    "named scripts": _names,
    "attachment": _attachment,
    "associated file": _associated,
    "form": _form,
    "xfa": _xfa,
    "rich media": _rich_media,
    "postscript": _postscript,
    "external picture": _external,
    "reference": _reference,
    "alternates": _alternates,
    "action in graphics state": _in_graphics_state,
    "way back to the catalog": _back_to_the_catalog,
    "structure": _structure,
    "layers": _layers,
    "page extras": _thumb,
}


def _hexed(content: bytes) -> bytes:
    """Names spelt with `#`, which a byte scan does not see: /J#61vaScript."""
    names = (b"JavaScript", b"Launch", b"URI", b"OpenAction", b"EmbeddedFile", b"XFA", b"JS")
    for name in names:
        spelt = b"/" + b"".join(b"#%02x" % byte for byte in name)
        content = re.sub(b"/" + name + rb"\b", spelt, content)
    return content


def _spelt(change: Change) -> Callable[[int], bytes]:
    make = _with(change, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=False)
    return lambda seed: _hexed(make(seed))


def _named_box(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([Name.A, 0, Name.B, 1])


def _no_crypt(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"KANARI", Filter=Name.Crypt)


MENDED: dict[str, Callable[[int], bytes]] = {  # the reader mends them, so they may be taken
    "with odd sheet": _with(_named_box),
    "with rights that say nothing": _with(_no_crypt),
}
ACTIVE: dict[str, Callable[[int], bytes]] = {
    **{what: _with(change) for what, change in CHANGES.items()},
    **{
        f"{what} in object streams": _with(
            change, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        for what, change in CHANGES.items()
    },
    **{
        f"{what} spelt in hex": _spelt(CHANGES[what])
        for what in ("open action script", "open action launch", "link uri", "attachment", "xfa")
    },
}


def _encrypted(seed: int, **options) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(seed))) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(**options))
    return file.getvalue()


def _blank(pages: int) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def _without_end(seed: int) -> bytes:
    return letter(seed).replace(b"%%EOF", b"")


def _unknown_filter(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"KANARI", Filter=Name.KanariDecode)


def _torn_stream(pdf: Pdf) -> None:
    image = pdf.make_stream(b"\xff\xd8\xff\xe0KANARI", Filter=Name.DCTDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 9, 9
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)


def _strange_box(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 0, 10**9, 10**9])


BROKEN_PDFS: dict[str, Callable[[int], bytes]] = {
    "locked, RC4 40": lambda seed: _encrypted(
        seed, user="a", owner="b", R=2, metadata=False, aes=False
    ),
    "locked, RC4 128": lambda seed: _encrypted(
        seed, user="a", owner="b", R=3, metadata=False, aes=False
    ),
    "locked, AES 128": lambda seed: _encrypted(seed, user="a", owner="b", R=4),
    "locked, AES 256": lambda seed: _encrypted(seed, user="a", owner="b", R=6),
    "with rights, AES 256": lambda seed: _encrypted(seed, user="", owner="b", R=6),
    "with rights, RC4 128": lambda seed: _encrypted(
        seed, user="", owner="b", R=3, metadata=False, aes=False
    ),
    "of 21 pages": lambda seed: scan(seed, 21, "L"),
    "of 22 letters": lambda seed: letter(seed, 22),
    "of 400 pages": lambda _: _blank(400),
    "of no page": lambda _: _blank(0),
    "head alone": lambda seed: b"%PDF-1.7\n" + random.Random(seed).randbytes(30),
    "head and end": lambda _: b"%PDF-1.7\n%%EOF\n",
    "noise between": lambda seed: b"%PDF-1.4\n" + random.Random(seed).randbytes(4000) + b"\n%%EOF",
    "without end": _without_end,
    "with unknown filter": _with(_unknown_filter),
    "with torn picture": _with(_torn_stream),
    "with huge sheet": _with(_strange_box),
}


@cache
def _zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


def _bomb(size: int, times: int = 1, *, as_page: bool = True) -> bytes:
    """A stream that inflates to `size` bytes, packed so many times."""
    content = _zeros(size)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    bomb = pdf.make_stream(content)
    bomb.Filter = Name.FlateDecode if times == 1 else Array([Name.FlateDecode] * times)
    if as_page:
        page.obj.Contents = bomb
    else:
        bomb.Type, bomb.Subtype = Name.XObject, Name.Image
        bomb.Width = bomb.Height = 9
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=bomb))
    file = io.BytesIO()
    pdf.save(file, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return file.getvalue()


def _many_bombs() -> bytes:
    """Each small enough, all together too much."""
    pdf = pikepdf.new()
    packed = _zeros(100 << 20)
    for _ in range(5):
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)
    file = io.BytesIO()
    pdf.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return file.getvalue()


def _deep_tree(depth: int) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    for level in range(depth):
        objects.append(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (level + 3))
    objects.append(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth + 1))
    return _written(objects)


def _round_tree() -> bytes:
    branch = b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>"
    return _written([b"<</Type/Catalog/Pages 2 0 R>>", branch % (3, 3), branch % (2, 2)])


def _deep_array(depth: int) -> bytes:
    font = b"<</Type/Font/Widths " + b"[" * depth + b"]" * depth + b">>"
    return _written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>>>",
            font,
        ]
    )


def _written(objects: list[bytes]) -> bytes:
    file, places = io.BytesIO(b"%PDF-1.4\n"), []
    file.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj%b endobj\n" % (number, body))
    content = file.getvalue()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + trailer % (len(objects) + 1, len(content))


def _many_objects(count: int) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    fonts = {f"/F{n}": Dictionary(Type=Name.Font, Name=Name.X) for n in range(count)}
    page.obj.Resources = Dictionary(Font=Dictionary(fonts))
    file = io.BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def _huge_picture(seed: int) -> bytes:
    """A picture that says it is 60,000 pixels wide."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    image = pdf.make_stream(zlib.compress(bytes(1000 + seed)), Filter=Name.FlateDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 60000, 60000
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.obj.Contents = pdf.make_stream(b"/Im0 Do")
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


MENDED_HEAVY: dict[str, Callable[[int], bytes]] = {
    "array 200000 deep": lambda _: _deep_array(200_000),
}
HEAVY_PDFS: dict[str, Callable[[int], bytes]] = {
    "bomb of 300 MB": lambda _: _bomb(300 << 20),
    "bomb of 140 MB in a picture": lambda _: _bomb(140 << 20, as_page=False),
    "bomb in a bomb": lambda _: _bomb(140 << 20, 2),
    "bomb three deep": lambda _: _bomb(140 << 20, 3, as_page=False),
    "five smaller bombs": lambda _: _many_bombs(),
    "tree 5000 deep": lambda _: _deep_tree(5_000),
    "tree 100000 deep": lambda _: _deep_tree(100_000),
    "tree in a circle": lambda _: _round_tree(),
    "array 400 deep": lambda _: _deep_array(400),
    "of 70000 fonts": lambda _: _many_objects(70_000),
    "huge picture": _huge_picture,
}
