import io
import os
import zipfile
from base64 import encodebytes
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DamagedError, EmptyFileError, TooMuchInsideError
from pipeline.ingest.containers import may_hold_documents, unpack, unpacking
from pipeline.ingest.containers.names import LONGEST, safe_name
from pipeline.settings import Settings
from tests.ingest.containers.compound import compound_file

SETTINGS = Settings(max_file_mb=1)


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def mail(attached: dict[str, bytes], text: str = "Kính gửi các đồng chí.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@xa.vn", "phong@xa.vn", "Gửi kế hoạch"
    message["Date"] = "Mon, 02 Mar 2026 08:00:00 +0700"
    message.set_content(text)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def held(tmp_path: Path, name: str, data: bytes) -> dict[str, bytes | str]:
    """What a container holds: the bytes, or the code of the error, by path."""
    path = tmp_path / name
    path.write_bytes(data)
    assert may_hold_documents(path)
    found = unpack(tmp_path / "into", path, SETTINGS)
    assert found is not None
    return {
        str(one.within): one.error.code if one.error else one.path.read_bytes() if one.path else "" for one in found
    }


def test_a_zip_holds_what_is_in_its_folders_too(tmp_path: Path) -> None:
    files = {"kế hoạch.txt": b"1", "2026/phụ lục.txt": b"2", "__MACOSX/._x": b"3", "Thumbs.db": b"4"}
    assert held(tmp_path, "a.zip", zipped(files)) == {"kế hoạch.txt": b"1", "2026/phụ lục.txt": b"2"}


def test_a_mail_holds_what_is_attached(tmp_path: Path) -> None:
    data = mail({"Kế hoạch số 12.docx": b"PK12", "phụ lục.pdf": b"%PDF-"})
    assert held(tmp_path, "thư.eml", data) == {"Kế hoạch số 12.docx": b"PK12", "phụ lục.pdf": b"%PDF-"}


def test_a_mail_with_nothing_attached_is_its_text(tmp_path: Path) -> None:
    assert held(tmp_path, "thư.eml", mail({}, "KẾ HOẠCH\n")) == {"mail.txt": "KẾ HOẠCH\n".encode()}


def test_a_mail_of_outlook_holds_what_is_attached(tmp_path: Path) -> None:
    streams = {
        "__substg1.0_1000001F": "Gửi kế hoạch".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1",
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "kế hoạch.pdf".encode("utf-16-le"),
    }
    assert held(tmp_path, "a.msg", compound_file(streams)) == {"kế hoạch.pdf": b"%PDF-1"}


def test_a_mail_of_outlook_with_nothing_attached_is_its_text(tmp_path: Path) -> None:
    streams = {"__substg1.0_1000001F": "KẾ HOẠCH".encode("utf-16-le")}
    assert held(tmp_path, "a.msg", compound_file(streams)) == {"mail.txt": "KẾ HOẠCH".encode()}


def test_containers_within_containers_are_opened(tmp_path: Path) -> None:
    inner = zipped({"b.txt": b"1"})
    assert held(tmp_path, "a.zip", zipped({"thư.eml": mail({"c.zip": inner})})) == {"thư.eml/c.zip/b.txt": b"1"}


def test_the_fourth_container_within_one_another_is_left_closed(tmp_path: Path) -> None:
    data = zipped({"d.txt": b"1"})
    for name in ("c.zip", "b.zip", "a.zip"):
        data = zipped({name: data})
    (name,) = held(tmp_path, "top.zip", data)
    assert name == "a.zip/b.zip/c.zip"


def test_a_word_file_is_no_container_whatever_its_name(tmp_path: Path) -> None:
    made = docx.Document()
    made.save(str(tmp_path / "a.zip"))
    assert unpack(tmp_path / "into", tmp_path / "a.zip", SETTINGS) is None


def test_a_plan_as_text_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Date: 1\nKẾ HOẠCH\nSubject: x\n")
    assert not may_hold_documents(tmp_path / "a.txt")


def test_what_is_encrypted_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"1", "b.txt": b"2"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert held(tmp_path, "a.zip", bytes(data)) == {"a.txt": "E103", "b.txt": b"2"}


def test_what_is_damaged_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"kehoach" * 9, "b.txt": b"2"}))
    at = data.index(b"a.txt") + len("a.txt")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    assert held(tmp_path, "a.zip", bytes(data)) == {"a.txt": "E105", "b.txt": b"2"}


def test_what_is_too_large_costs_itself_alone(tmp_path: Path) -> None:
    assert held(tmp_path, "a.zip", zipped({"a.txt": bytes(3 << 20), "b.txt": b"2"})) == {"a.txt": "E108", "b.txt": b"2"}


def test_a_container_of_zeros_is_not_unpacked_to_the_end(tmp_path: Path) -> None:
    files = {f"{n}.txt": bytes(1 << 20) for n in range(unpacking.MAX_FOLDS + 1)}
    (tmp_path / "a.zip").write_bytes(zipped(files))
    with pytest.raises(TooMuchInsideError):
        unpack(tmp_path / "into", tmp_path / "a.zip", SETTINGS)


def test_a_container_of_many_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b"1" for n in range(unpacking.MAX_FILES + 1)}))
    with pytest.raises(TooMuchInsideError):
        unpack(tmp_path / "into", tmp_path / "a.zip", SETTINGS)


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut off", zipped({"a.txt": b"1"})[:-9]])
def test_a_zip_that_does_not_open_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(DamagedError):
        unpack(tmp_path / "into", tmp_path / "a.zip", SETTINGS)


def test_a_container_without_documents_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"folder/": b""}))
    with pytest.raises(EmptyFileError):
        unpack(tmp_path / "into", tmp_path / "a.zip", SETTINGS)


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    assert held(tmp_path, "a.zip", zipped({"kh.txt": b"1", "KH.txt": b"2"})) == {"kh.txt": b"1", "KH (2).txt": b"2"}


def test_a_pipe_holds_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.zip")
    assert not may_hold_documents(tmp_path / "a.zip")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/tmp/a.txt", "tmp/a.txt"),
        ("C:\\Users\\a.docx", "C_/Users/a.docx"),
        ("a\x1b[31m\u202etxt.exe", "a[31mtxt.exe"),
        ("..", "file"),
        ("", "file"),
        ("a/../b.txt", "a/b.txt"),
    ],
)
def test_names_are_made_safe(name: str, expected: str) -> None:
    assert str(safe_name(name)) == expected


@given(st.text(max_size=600))
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    made = safe_name(name)
    assert not made.is_absolute() and ".." not in made.parts
    assert all(0 < len(part.encode()) <= LONGEST for part in made.parts)


def test_a_container_in_one_of_its_own_name_is_opened(tmp_path: Path) -> None:
    data = zipped({"a.zip": zipped({"a.zip": b"1", "b.txt": b"2"})})
    assert held(tmp_path, "a.zip", data) == {"a.zip/a.zip": b"1", "a.zip/b.txt": b"2"}


def test_a_damaged_mail_of_outlook_costs_itself_alone(tmp_path: Path) -> None:
    cut = compound_file({"__substg1.0_1000001F": "KẾ HOẠCH".encode("utf-16-le")})[:700]
    assert held(tmp_path, "a.zip", zipped({"a.msg": cut, "b.txt": b"2"})) == {"a.msg": "E105", "b.txt": b"2"}


def test_a_long_text_of_a_mail_is_read_beside_what_is_attached(tmp_path: Path) -> None:
    text = "Giao Phòng Kinh tế rà soát.\n" * 60
    found = held(tmp_path, "a.eml", mail({"logo.png": b"\x89PNG"}, text))
    assert found == {"logo.png": b"\x89PNG", "mail.txt": text.encode()}


def carrying(files: dict[str, bytes]) -> bytes:
    """A PDF of one page that carries files."""
    made = pdfium.PdfDocument.new()
    made.new_page(200, 200)
    for name, data in files.items():
        made.new_attachment(name).set_data(data)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_pdf_is_read_and_so_is_what_it_carries(tmp_path: Path) -> None:
    data = carrying({"phụ lục.txt": b"1", "b.zip": zipped({"c.txt": b"2"})})
    assert held(tmp_path, "a.pdf", data) == {".": data, "phụ lục.txt": b"1", "b.zip/c.txt": b"2"}


def test_a_pdf_in_an_archive_stands_before_what_it_carries(tmp_path: Path) -> None:
    data = carrying({"x.txt": b"1"})
    assert list(held(tmp_path, "a.zip", zipped({"a.pdf": data}))) == ["a.pdf", "a.pdf/x.txt"]


def test_a_pdf_that_carries_nothing_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(carrying({}))
    assert unpack(tmp_path / "into", tmp_path / "a.pdf", SETTINGS) is None


def test_too_large_a_file_of_a_pdf_costs_itself_alone(tmp_path: Path) -> None:
    found = held(tmp_path, "a.pdf", carrying({"x.txt": bytes(2 << 20), "y.txt": b"2"}))
    assert {name: found[name] for name in ("x.txt", "y.txt")} == {"x.txt": "E108", "y.txt": b"2"}


def test_a_pdf_that_does_not_open_is_left_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 /EmbeddedFile cut off")
    assert unpack(tmp_path / "into", tmp_path / "a.pdf", SETTINGS) is None


def test_a_mail_within_a_mail_of_outlook_is_opened(tmp_path: Path) -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
    streams = {
        "__substg1.0_1000001F": "Chuyển tiếp".encode("utf-16-le"),
        f"{inner}__substg1.0_0037001F": "Gửi kế hoạch 5/KH".encode("utf-16-le"),
        f"{inner}__substg1.0_1000001F": "KẾ HOẠCH".encode("utf-16-le"),
        f"{inner}__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1",
        f"{inner}__attach_version1.0_#00000000/__substg1.0_3707001F": "kh.pdf".encode("utf-16-le"),
    }
    assert held(tmp_path, "a.msg", compound_file(streams)) == {"Gửi kế hoạch 5_KH.msg/kh.pdf": b"%PDF-1"}


@pytest.mark.parametrize("code", ["10130102", "1013001F"])
def test_a_mail_of_outlook_whose_text_is_html_alone_is_that(tmp_path: Path, code: str) -> None:
    html = "<html><p>KẾ HOẠCH</p></html>"
    data = html.encode("utf-16-le" if code.endswith("F") else "utf-8")
    assert held(tmp_path, "a.msg", compound_file({f"__substg1.0_{code}": data})) == {"mail.html": html.encode()}


def test_a_mail_whose_text_is_html_alone_is_that(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@xa.vn", "phong@xa.vn", "Kế hoạch"
    message.set_content("<html><p>KẾ HOẠCH</p></html>", subtype="html")
    assert held(tmp_path, "a.eml", message.as_bytes()) == {"mail.html": "<html><p>KẾ HOẠCH</p></html>\n".encode()}


def test_a_mail_within_a_mail_may_be_in_base64(tmp_path: Path) -> None:
    inner = encodebytes(mail({"kh.txt": b"1"})).decode()
    data = (
        "From: a@xa.vn\nTo: b@xa.vn\nSubject: Fw\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nFw\n"
        '--x\nContent-Type: message/rfc822; name="cu.eml"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="cu.eml"\n\n{inner}\n--x--\n'
    )
    assert held(tmp_path, "a.eml", data.encode()) == {"cu.eml/kh.txt": b"1"}
