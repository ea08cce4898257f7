"""Checking that a copy conforms to PDF/A-2b (ISO 19005-2:2011).

Every object that can be reached is looked at. What breaks a rule is a fault, and so is what is not checked here: a copy
makes no claim that nobody tested.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from pipeline.archive.icc import usable_profile
from pipeline.archive.pdf.content import UsedGlyphs, content_fault, is_allowed
from pipeline.archive.pdf.metadata import unknown_property
from pipeline.archive.pdf.page import inherited

# Annotation flags (ISO 32000-1, table 165)
_PRINT, _UNSEEN = 4, 1 | 2 | 32 | 256  # invisible, hidden, no view, toggled
_REPACKED = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode"})  # saving writes these anew
_SMALLEST, _LARGEST = 3, 14400  # sides of a page
_LONGEST_STRING, _LONGEST_NAME = 32767, 127


def prepare(pdf: Pdf) -> None:
    """Add what PDF/A asks for and no reader shows: resources at each page, names and a full order of the layers."""
    for page in pdf.pages:
        if "/Resources" not in page.obj:
            page.obj["/Resources"] = inherited(page.obj, "/Resources") or Dictionary()
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, Dictionary) and isinstance(layers.get("/D"), Dictionary):
        usual = layers["/D"]
        if "/Name" not in usual:
            usual["/Name"] = String("Default")
        if "/Order" in usual and not len(usual["/Order"]):
            del usual["/Order"]


def nonconformance(pdf: Pdf) -> str | None:
    """Find the first thing that keeps a copy from being PDF/A-2b, in words; None where nothing does."""
    try:
        return next(_faults(pdf), None)
    except (PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError) as error:
        return f"it cannot be checked through ({type(error).__name__})"


def _faults(pdf: Pdf) -> Iterator[str]:
    if float(pdf.pdf_version) > 1.7 or str(pdf.Root.get("/Version", "/1.7")) > "/1.7":
        yield "it is written in PDF 2.0"
    yield from _of_root(pdf.Root)
    name = unknown_property(pdf)
    if name:
        yield f"its metadata has a property that PDF/A does not know ({name})"
    used = UsedGlyphs()
    for page in pdf.pages:
        for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
            box = inherited(page.obj, key)
            if box is not None and not _is_likely([float(side) for side in box]):
                yield "a page is too small or too large"
        for note in page.obj.get("/Annots", []):
            yield from _if_any(_of_note(note))
        if "/PresSteps" in page.obj or "/AA" in page.obj:
            yield "a page has actions"
        if "/Contents" in page.obj:
            yield from _if_any(content_fault(page.obj, page.obj.get("/Resources"), used))
    for one in _reached(pdf.Root):
        for rule in (_of_stream, _of_action, _of_state, _of_colours):
            yield from _if_any(rule(one))
        if isinstance(one, Stream) and (one.get("/Subtype") == Name.Form or one.get("/PatternType") == 1):
            yield from _if_any(content_fault(one, one.get("/Resources"), used))
    yield from _if_any(used.fault())


def _is_likely(box: list[float]) -> bool:
    return all(_SMALLEST <= abs(box[at + 2] - box[at]) <= _LARGEST for at in (0, 1))


def _if_any(why: str | None) -> Iterator[str]:
    if why:
        yield why


def _of_root(root: Object) -> Iterator[str]:
    names = root.get("/Names") or Dictionary()
    for key, holder in (("/EmbeddedFiles", names), ("/AF", root), ("/Collection", root)):
        if key in holder:
            yield "it has files embedded"
    if "/JavaScript" in names:
        yield "it has scripts"
    for key in ("/AA", "/Requirements", "/NeedsRendering", "/Perms"):
        if key in root:
            yield f"its catalogue has {key[1:]}"
    if "/AlternatePresentations" in names:
        yield "it has alternate presentations"
    form = root.get("/AcroForm") or Dictionary()
    if "/XFA" in form or bool(form.get("/NeedAppearances")):
        yield "it has a form that readers draw themselves"
    for intent in root.get("/OutputIntents") or []:
        profile = intent.get("/DestOutputProfile")
        if intent.get("/S") != Name.GTS_PDFA1 or profile is None or not usable_profile(profile.read_bytes(), 3):
            yield "it has an output intent of its own, other than RGB"
    layers = root.get("/OCProperties")
    if layers is None:
        return
    if "/Configs" in layers or "/AS" in layers.get("/D", Dictionary()):
        yield "it has layers that switch by themselves (AS)"
    if "/Order" in layers["/D"]:
        yield "it has layers in an order that is not checked"


def _reached(root: Object) -> Iterator[Object]:
    """Every dictionary and stream below the catalogue; DR holds what forms may use, not what is shown."""
    waiting: list[Object] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, (Dictionary, Stream, Array)):
            if one.is_indirect:
                if one.objgen in seen:
                    continue
                seen.add(one.objgen)
            if isinstance(one, Array):
                waiting.extend(one)
                continue
            yield one
            waiting.extend(value for key, value in one.items() if key != "/DR")
            if any(len(key.encode()) > _LONGEST_NAME + 1 for key in one.keys()):  # noqa: SIM118
                raise ValueError("a name is too long")
        elif isinstance(one, String) and len(bytes(one)) > _LONGEST_STRING:
            raise ValueError("a string is too long")


def _of_stream(one: Object) -> str | None:
    if not isinstance(one, Stream):
        return None
    if "/F" in one:
        return "a stream lies in another file"
    packed = one.get("/Filter")
    filters = {str(name) for name in (packed if isinstance(packed, Array) else [packed] if packed is not None else [])}
    odd = sorted(name[1:] for name in filters if not is_allowed("filters", name))
    if odd and not filters <= _REPACKED:
        return f"a stream is packed as {', '.join(odd)}"
    if one.get("/Subtype") == Name.Image:
        if one.get("/BitsPerComponent", 1) not in (1, 2, 4, 8, 16):
            return "an image has samples of an odd size"
        if "/Alternates" in one or "/OPI" in one or bool(one.get("/Interpolate")):
            return "an image is interpolated or has alternates"
        if not is_allowed("intents", one.get("/Intent")):
            return "a rendering intent is none of PDF's"
    if one.get("/Subtype") == Name.PS or "/PS" in one or "/Ref" in one or ("/OPI" in one and "/BBox" in one):
        return "it has PostScript or parts of other files"
    return None


def _of_note(one: Object) -> str | None:
    subtype = str(one.get("/Subtype", ""))
    if not is_allowed("annotations", subtype):
        return f"it has an annotation of the kind {subtype[1:] or 'unknown'}"
    if subtype == "/Popup":
        return None
    flags = int(one.get("/F", 0))
    if not flags & _PRINT or flags & _UNSEEN or (subtype == "/Text" and flags & 24 != 24):
        return "an annotation is hidden or does not print"
    x0, y0, x1, y1 = (float(value) for value in one["/Rect"])
    looks = one.get("/AP")
    if subtype != "/Link" and looks is None and (x0 != x1 or y0 != y1):
        return "an annotation does not say how it looks"
    if looks is not None:
        kind = Dictionary if one.get("/FT") == Name.Btn else Stream
        if list(looks.keys()) != ["/N"] or not isinstance(looks["/N"], kind):
            return "an annotation has several looks"
    if "/AA" in one or (subtype == "/Widget" and "/A" in one):
        return "an annotation has actions"
    return None


def _of_action(one: Object) -> str | None:
    if "/JS" in one or (one.get("/Type") == Name.Action and "/S" not in one):
        return "it has scripts"
    for key in ("/A", "/OpenAction", "/Next"):
        action = one.get(key)
        if isinstance(action, Dictionary) and "/S" in action:
            kind = str(action["/S"])
            named = kind == "/Named" and not is_allowed("named_actions", action.get("/N"))
            if named or not is_allowed("actions", kind):
                return f"it has an action of the kind {kind[1:]}"
    if "/FT" in one and ("/AA" in one or one.get("/FT") == Name.Tx and "/A" in one):
        return "a field has actions"
    return None


def _of_state(one: Object) -> str | None:
    if one.get("/Type") != Name.ExtGState and not {"/BM", "/TR", "/TR2", "/HT", "/CA", "/ca"} & set(one.keys()):
        return None
    if "/TR" in one or "/HTP" in one or "/HT" in one or one.get("/TR2", Name.Default) != Name.Default:
        return "it changes halftones or transfer functions"
    blends = one.get("/BM", Name.Normal)
    for blend in blends if isinstance(blends, Array) else [blends]:
        if not is_allowed("blends", blend):
            return "a blend mode is none of PDF's"
    return "a rendering intent is none of PDF's" if not is_allowed("intents", one.get("/RI")) else None


def _of_colours(one: Object) -> str | None:
    spaces: list[object] = []
    for key in ("/ColorSpace", "/CS"):
        held = one.get(key)
        spaces.extend(held.values() if isinstance(held, Dictionary) else [held] if held is not None else [])
    while spaces:
        space = spaces.pop()
        if space == Name.DeviceCMYK:
            return "it has CMYK colours"
        if not isinstance(space, Array) or not len(space):
            continue
        kind = str(space[0])
        if kind in ("/Separation", "/DeviceN"):
            return "it has spot colours, which are not checked"
        if kind == "/ICCBased" and not usable_profile(space[1].read_bytes(), int(space[1]["/N"])):
            return "a colour profile is none that PDF/A takes"
        if kind in ("/Indexed", "/Pattern") and len(space) > 1:
            spaces.append(space[1])
    return None
