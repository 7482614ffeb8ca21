"""What of a PDF is kept: the keys that draw. Everything that acts, links or attaches is not here.

By ISO 32000-1, sections 7.4 (filters), 7.8.3 (resources), 7.10 (functions), 8 (graphics),
9 (text) and 11 (transparency).
"""

MAPS = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject"}
SUBTYPES = {
    *("/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType", "/CIDFontType0", "/CIDFontType2"),
    *("/Type1C", "/CIDFontType0C", "/OpenType", "/Image", "/Form"),
}
TYPES = {
    *("/Font", "/FontDescriptor", "/Encoding", "/CMap", "/XObject", "/ExtGState", "/Group"),
    *("/Mask", "/Pattern"),
}
TRANSPARENCY = {"/Transparency", "/Luminosity", "/Alpha"}  # all a kept /S may say
UNWANTED = {  # names that a resource of a plain paper has no reason to bear
    *("/AA", "/AcroForm", "/Annots", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript"),
    *("/Launch", "/OpenAction", "/RichMedia", "/URI", "/XFA", "/SubmitForm", "/ImportData"),
}

STREAMS = """
    Filter DecodeParms K Columns Rows BlackIs1 EncodedByteAlign EndOfLine EndOfBlock Predictor
    Colors EarlyChange ColorTransform JBIG2Globals DamagedRowsBeforeError
"""
PICTURES_AND_FORMS = """
    Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate
    SMask SMaskInData Matte FormType BBox Matrix Group Resources
"""
GRAPHICS = """
    S CS I G BC LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM CA ca AIS TK
"""
COLOURS = """
    PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background
    AntiAlias Coords Domain Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
    FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds
    WhitePoint BlackPoint Gamma Alternate
"""
FONTS = """
    BaseFont Name Encoding FirstChar LastChar Widths FontDescriptor ToUnicode DescendantFonts
    CIDSystemInfo CIDToGIDMap DW W DW2 W2 FontBBox FontMatrix CharProcs Registry Ordering
    Supplement BaseEncoding Differences FontName FontFamily FontStretch FontWeight Flags
    ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth
    MissingWidth FontFile FontFile2 FontFile3 CharSet Style CIDSet FD Length1 Length2 Length3
    CMapName WMode UseCMap
"""
KEPT = {
    f"/{key}"
    for keys in (STREAMS, PICTURES_AND_FORMS, GRAPHICS, COLOURS, FONTS)
    for key in keys.split()
}
