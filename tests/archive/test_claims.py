"""What a copy says of itself: where it comes from, that it is not signed, and the standard it keeps."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline import __version__
from pipeline.archive.glyphless import ADVANCE, program
from pipeline.archive.searchable import searchable_pdf
from tests.archive.made import helvetica, read, rows, scan


@pytest.fixture
def copy_of(tmp_path):
    """Spoil a scan with a function of its PDF, and copy it: the source, the document and what was made."""

    def make(change=lambda pdf: None, **fields):
        source = scan(tmp_path / "a.pdf", **fields)
        with pikepdf.open(source, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(source)
        document = read(source, rows())
        return source, document, searchable_pdf(source, document)

    return make


def opened(copy):
    return pikepdf.open(io.BytesIO(copy.data))


def test_a_plain_scan_is_pdf_a_and_says_so(copy_of):
    _, _, copy = copy_of()
    assert (copy.claims, copy.reason) == ("PDF/A-2b", "")
    with opened(copy) as pdf, pdf.open_metadata() as record:
        assert record.pdfa_status == "2B"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_a_copy_names_its_original_and_keeps_what_was_said_of_it(copy_of):
    def titled(pdf):
        pdf.docinfo["/Title"] = "Kế hoạch số 5"
        pdf.docinfo["/CreationDate"] = "D:20210104161002+07'00'"

    source, document, copy = copy_of(titled)
    with opened(copy) as pdf, pdf.open_metadata() as record:
        assert str(pdf.docinfo["/Title"]) == record["dc:title"] == "Kế hoạch số 5"
        assert record["dc:source"] == f"a.pdf (SHA-256 {document.sha256})"
        assert document.sha256 in record["dc:description"]
        assert record["pdf:Producer"] == f"kehoach {__version__}"
        assert record["xmp:CreateDate"] == "2021-01-04T16:10:02+07:00"


def signed(pdf):
    looks = pdf.make_stream(b"1 0 0 rg 0 0 50 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 20])
    value = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String(b"\0" * 100), ByteRange=[0, 1, 2, 3]))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Signature1"),
            F=132,
            Rect=[20, 20, 70, 40],
            V=value,
            AP=Dictionary(N=looks),
        )
    )
    pdf.pages[0].obj["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), SigFlags=3)
    pdf.Root["/Perms"] = Dictionary(DocMDP=value)


def test_a_copy_is_not_signed_but_shows_where_the_original_was(copy_of):
    source, _, copy = copy_of(signed)
    with opened(copy) as pdf, pdf.open_metadata() as record:
        field = pdf.Root.AcroForm.Fields[0]
        assert "/V" not in field and "/AP" in field and int(field.Ff) & 1
        assert "/SigFlags" not in pdf.Root.AcroForm and "/Perms" not in pdf.Root
        assert "signatures hold for the original only" in record["dc:description"]
    assert copy.claims == "PDF/A-2b"
    with pikepdf.open(source) as pdf:
        assert "/V" in pdf.Root.AcroForm.Fields[0]


def add(where, value):
    def change(pdf):
        holder = pdf.Root if where[0] == "root" else pdf.pages[0].obj
        for key in where[1:-1]:
            if key not in holder:
                holder[key] = Dictionary()
            holder = holder[key]
        holder[where[-1]] = value

    return change


def note(**fields):
    return add(("page", "/Annots"), Array([Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **fields)]))


CMYK = Array([Name.Indexed, Name.DeviceCMYK, 0, String(b"\0\0\0\0")])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (add(("root", "/OpenAction"), Dictionary(S=Name.Named, N=Name.Print)), "Named"),
        (add(("root", "/AcroForm"), Dictionary(NeedAppearances=True)), "draw themselves"),
        (add(("root", "/OCProperties"), Dictionary(OCGs=Array(), D=Dictionary(AS=Array()))), "layers"),
        (add(("root", "/Version"), Name("/2.0")), "PDF 2.0"),
        (add(("page", "/MediaBox"), Array([0, 0, 2, 2])), "too small"),
        (add(("page", "/Resources", "/ExtGState", "/G"), Dictionary(BM=Name("/Odd"))), "blend mode"),
        (add(("page", "/Resources", "/ExtGState", "/G"), Dictionary(TR=Name.Identity)), "transfer"),
        (add(("page", "/Resources", "/ColorSpace"), Dictionary(C=CMYK)), "CMYK"),
        (note(Subtype=Name.Stamp), "does not print"),
        (note(Subtype=Name.Stamp, F=4), "how it looks"),
        (note(Subtype=Name.Stamp, F=6), "does not print"),
    ],
)
def test_what_pdf_a_forbids_is_not_claimed_and_the_reason_says_it(change, reason, copy_of):
    _, _, copy = copy_of(change)
    assert copy.claims is None
    assert reason in copy.reason
    with opened(copy) as pdf, pdf.open_metadata() as record:
        assert not record.pdfa_status


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("MARK"))
LAUNCH = Dictionary(S=Name.Launch, F=String("MARK"))
ADDRESS = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=Array([SCRIPT]))


@pytest.mark.parametrize(
    "change",
    [
        add(("root", "/Names", "/EmbeddedFiles"), Dictionary(Names=Array([String("MARK"), Dictionary()]))),
        add(("root", "/Names", "/JavaScript"), Dictionary(Names=Array([String("MARK"), SCRIPT]))),
        add(("root", "/OpenAction"), SCRIPT),
        add(("root", "/OpenAction"), LAUNCH),
        add(("root", "/OpenAction"), Dictionary(S=Name.GoTo, D=Array(), Next=LAUNCH)),
        add(("root", "/AA"), Dictionary(WC=SCRIPT)),
        add(("root", "/AF"), Array([Dictionary(Type=Name.Filespec, F=String("MARK"))])),
        add(("root", "/AcroForm"), Dictionary(Fields=Array(), XFA=String("MARK"))),
        add(("page", "/AA"), Dictionary(O=SCRIPT)),
        note(Subtype=Name.Link, A=SCRIPT),
        note(Subtype=Name.Link, PA=LAUNCH),
        note(Subtype=Name.Link, A=ADDRESS),
        note(Subtype=Name.FileAttachment, FS=Dictionary(F=String("MARK"))),
        note(Subtype=Name.Screen, Contents=String("MARK")),
        note(Subtype=Name.Widget, AA=Dictionary(K=SCRIPT)),
    ],
)
def test_a_copy_keeps_nothing_that_acts_and_no_files(change, copy_of):
    source, _, copy = copy_of(change)
    assert b"MARK" in _plain(source.read_bytes())
    assert b"MARK" not in _plain(copy.data)


def test_links_to_places_and_addresses_stay(copy_of):
    _, _, copy = copy_of(note(Subtype=Name.Link, A=ADDRESS))
    with opened(copy) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://example.org/"


def _plain(data):
    """A PDF whose objects can be read in its bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("BT /F1 9 Tf (seen) Tj ET", "Helvetica is not embedded"),
        ("0 0 0 1 k", "CMYK"),
        ("0 0 1 odd", "none of PDF's"),
        ("/Odd ri", "rendering intent"),
        ("q " * 30 + "Q " * 30, "too deep"),
        ("q", "do not pair"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "inline images"),
    ],
)
def test_what_a_page_draws_is_looked_at(content, reason, copy_of):
    _, _, copy = copy_of(content=content, fonts=helvetica())
    assert copy.claims is None
    assert reason in copy.reason


def test_a_font_that_only_invisible_text_used_does_not_stand_in_the_way(copy_of):
    _, _, copy = copy_of(content="BT 3 Tr /F1 9 Tf (unseen) Tj ET", fonts=helvetica())
    assert copy.claims == "PDF/A-2b"


@pytest.mark.parametrize(
    ("width", "code", "claims"), [(ADVANCE, "0041", "PDF/A-2b"), (400, "0041", None), (ADVANCE, "0042", None)]
)
def test_the_widths_and_glyphs_of_an_embedded_font_are_compared(width, code, claims, copy_of):
    def change(pdf):
        data = program()
        glyphs = bytearray(200)
        glyphs[2 * 0x41 + 1] = 1
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Own,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name.Own, FontFile2=pdf.make_stream(data)),
            W=Array([0x41, Array([width])]),
            CIDToGIDMap=pdf.make_stream(bytes(glyphs)),
        )
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Own, DescendantFonts=Array([inner]))
        font["/Encoding"] = Name("/Identity-H")
        pdf.pages[0].obj.Resources["/Font"] = Dictionary(F1=pdf.make_indirect(font))

    _, _, copy = copy_of(change, content=f"BT /F1 9 Tf <{code}> Tj ET")
    assert copy.claims == claims, copy.reason


def test_a_claim_of_the_original_that_is_not_tested_is_not_passed_on(copy_of):
    def claimed(pdf):
        with pdf.open_metadata() as record:
            record["pdfaid:part"] = "1"
            record["pdfaid:conformance"] = "A"
        pdf.Root["/Version"] = Name("/2.0")

    _, _, copy = copy_of(claimed)
    with opened(copy) as pdf, pdf.open_metadata() as record:
        assert not record.pdfa_status


def test_metadata_pdf_a_does_not_know_is_kept_and_nothing_claimed(copy_of):
    def odd(pdf):
        with pdf.open_metadata() as record:
            record["{http://example.org/ns/}shelf"] = "12"

    _, _, copy = copy_of(odd)
    assert "shelf" in copy.reason
    with opened(copy) as pdf, pdf.open_metadata() as record:
        assert record["{http://example.org/ns/}shelf"] == "12"
