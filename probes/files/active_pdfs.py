"""Hostile PDFs with active content: scripts, actions, attachments, hidden layers."""

import io
import re
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from .genuine import letter

SCRIPT = "app.alert('KANARI')"
Change = Callable[[Pdf], None]


def changed(change: Change, **save) -> Callable[[int], bytes]:
    """A letter after `change`, saved with these options."""

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
    make = changed(change, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=False)
    return lambda seed: _hexed(make(seed))


ACTIVE: dict[str, Callable[[int], bytes]] = {
    **{what: changed(change) for what, change in CHANGES.items()},
    **{
        f"{what} in object streams": changed(
            change, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        for what, change in CHANGES.items()
    },
    **{
        f"{what} spelt in hex": _spelt(CHANGES[what])
        for what in ("open action script", "open action launch", "link uri", "attachment", "xfa")
    },
}
