import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import KehoachError, notice
from pipeline.ingest import ingest
from pipeline.ingest.formats import Format, decode, sniff

Save = Callable[[str, bytes | str], Path]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


ORDER = "Giao Sở Nội vụ chủ trì, phối hợp với các sở, ngành rà soát thủ tục"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E101"),
        (b" \n\r\n ", "E101"),
        (b"\x89PNG\r\n\x1a\n\0\0", "E105"),
        (b"\xff\xd8\xff\xe0abc", "E105"),
        (b"\0\0\0\x18ftypheic\0\0", "E102"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "E102"),
        (b"abc\0\x01\x02def", "E102"),
        (b"<?xml version='1.0'?><plan/>", "E102"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "E102"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "E103"),
        ("Le comité a été invité à présenter son rapport à la réunion de l'été.".encode("latin-1"), "E102"),
        (b"PK\x03\x04 cut", "E105"),
        ("Kế hoạch ".encode() * 50 + b"\xff\xfe\xff tail of the file", "E105"),
        ("Kế hoạch ạ".encode()[:-1], "E105"),
        (b"\xff\xfeK\0\xbe", "E105"),
    ],
)
def test_what_cannot_be_read_has_its_code(save: Save, content: bytes, code: str) -> None:
    with pytest.raises(KehoachError) as caught:
        ingest(save("a.txt", content))
    assert caught.value.code == code


def test_the_error_names_what_was_found(save: Save) -> None:
    with pytest.raises(KehoachError, match="a gzip archive"):
        ingest(save("ke-hoach.pdf", b"\x1f\x8b\0\0"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_unicode_is_decoded(save: Save, encoding: str) -> None:
    data = "Kế hoạch\n".encode(encoding)
    assert decode(save("a", data), data) == ("Kế hoạch\n", ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(save: Save, encoding: str) -> None:
    text = "KẾ HOẠCH\nGiao Sở Nội vụ chủ trì, phối hợp với các sở.\n"
    data = text.encode(encoding)
    assert decode(save("a", data), data) == (text, ())


@pytest.mark.parametrize(
    ("name", "data"),
    [  # by the tables of TCVN3 and VNI, and as iconv and Python write the other two
        (
            "tcvn3",
            b"Giao S\xeb N\xe9i v\xf4 ch\xf1 tr\xd7, ph\xe8i h\xeep "
            b"v\xedi c\xb8c s\xeb, ng\xb5nh r\xb5 so\xb8t th\xf1 t\xf4c",
        ),
        (
            "vni",
            b"Giao S\xf4\xfb No\xe4i vu\xef chu\xfb tr\xec, pho\xe1i h\xf4\xefp v"
            b"\xf4\xf9i ca\xf9c s\xf4\xfb, nga\xf8nh ra\xf8 soa\xf9t thu\xfb tu\xefc",
        ),
        (
            "viscii",
            b"Giao S\xb7 N\xb5i v\xf8 ch\xfc tr\xec, ph\xafi h\xfep "
            b"v\xbei c\xe1c s\xb7, ng\xe0nh r\xe0 so\xe1t th\xfc t\xf8c",
        ),
        (
            "windows-1258",
            b"Giao S\xf5\xd2 N\xf4\xf2i vu\xf2 chu\xd2 tri\xcc, ph\xf4\xeci h\xf5\xf2p "
            b"v\xf5\xeci ca\xecc s\xf5\xd2, nga\xccnh ra\xcc soa\xect thu\xd2 tu\xf2c",
        ),
    ],
)
def test_encodings_of_before_unicode_are_decoded_and_said(save: Save, name: str, data: bytes) -> None:
    assert decode(save("a", data), data) == (ORDER, (notice("W208", encoding=name),))


def _as_1252(text: str) -> str:
    """UTF-8 as a program shows it that takes each byte for a character."""
    return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode())


def test_utf_8_that_was_taken_for_another_encoding_is_decoded_and_said(save: Save) -> None:
    text = "KẾ HOẠCH\nI. MỤC ĐÍCH\nHàng năm tuyên truyền về kỹ năng mềm trong và ngoài nhà trường.\n"
    data = f"{_as_1252(text)}1. Sở Y tế (“Văn phòng”) rà soát.\n".encode()
    expected = f"{text}1. Sở Y tế (“Văn phòng”) rà soát.\n"
    assert decode(save("a", data), data) == (expected, (notice("W208", encoding="utf-8"),))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("tcvn3", "Giao Së Néi vô chñ tr×, phèi hîp víi c¸c së, ngµnh rµ so¸t thñ tôc"),
        ("vni", "Giao Sôû Noäi vuï chuû trì, phoái hôïp vôùi caùc sôû, ngaønh raø soaùt thuû tuïc"),
    ],
)
def test_letters_of_old_fonts_in_unicode_are_decoded_before_headings_are_looked_for(
    save: Save, name: str, written: str
) -> None:
    data = f"{written}\n".encode()
    assert decode(save("a", data), data) == (f"{ORDER.rstrip()}\n", (notice("W208", encoding=name),))


@pytest.mark.parametrize("text", ["Bài “á»” là lỗi của máy.\nSở Y tế rà soát.\n", "1. Sở Nội vụ in “Ã¡Â»” ba lần.\n"])
def test_what_shows_such_letters_is_not_decoded(save: Save, text: str) -> None:
    data = text.encode()
    assert decode(save("a", data), data) == (text, ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (COMPOUND + "WordDocument".encode("utf-16-le"), Format.DOC),
        (COMPOUND + "MatOST".encode("utf-16-le"), Format.WPS),
        (b"{\\rtf1 a}", Format.RTF),
        (b"<!DOCTYPE html><html>", Format.HTML),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a copy -->\n<HTML lang='vi'>", Format.HTML),
        ("Kế hoạch của Sở <html>".encode(), Format.TEXT),
    ],
)
def test_a_format_is_told_by_the_content(save: Save, content: bytes, expected: Format) -> None:
    assert sniff(save("a", content), content) is expected


def test_the_extension_does_not_count(save: Save) -> None:
    assert sniff(save("a.docx", b"%PDF-1.4\n"), b"%PDF-1.4\n") is Format.PDF


@pytest.mark.parametrize(("member", "found"), [("ppt/presentation.xml", "PowerPoint"), ("content.txt", "zip archive")])
def test_other_archives_are_named(tmp_path: Path, member: str, found: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(KehoachError, match=found):
        sniff(path, path.read_bytes())


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(KehoachError) as caught:
        ingest(tmp_path / "none.pdf")
    assert caught.value.code == "E107"


def test_a_pipe_is_no_document(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(KehoachError, match="E122"):
        ingest(tmp_path / "pipe.txt")


def test_a_name_that_is_no_utf8_is_written_in_utf8(tmp_path):
    file = tmp_path / os.fsdecode(b"k\xe9 hoach.txt")
    file.write_text("1. Mua sách.")
    assert ingest(file).name == "k\ufffd hoach.txt"


def test_marks_of_windows_stand_beside_letters_of_before_unicode(save: Save) -> None:
    data = (
        b"\x93" + "Giao Së Néi vô chñ tr×, phèi hîp víi c¸c së, ngµnh rµ so¸t thñ tôc".encode("latin-1") + b"\x94 \x85"
    )
    assert decode(save("a", data), data)[0] == f"“{ORDER}” …"
