"""A file is what its bytes say."""

import pytest

from services.intake.domain import file_format
from services.intake.domain.file_format import FileEmpty, FormatNotTaken, format_of
from tests.intake.files import PDF, PNG, office


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + bytes(8), "jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "m4a"),
        (b"ID3\x04" + bytes(8), "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(8), "mp3"),
        (office("word/document.xml"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
        ("老板说下月一定发\r\n".encode(), "text"),
        (b"<script>alert(1)</script>", "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_format_is_told_from_the_bytes(content: bytes, code: str) -> None:
    assert format_of(content).code == code


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03" + bytes(60),
        b"\x7fELF\x02\x01\x01" + bytes(60),
        b"\0\0\0\x18ftypisom\0\0\0\0",
        b"RIFF\x10\0\0\0AVI LIST",
        b"GIF89a" + bytes(8),
        office("evil.exe"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 not an archive",
        "老板说".encode("gb18030"),
        b"text with \x00 in it",
        b" %PDF-1.7" + bytes(4),
    ],
    ids=[
        "a program",
        "a program of Linux",
        "a film",
        "an old film",
        "a moving picture",
        "another archive",
        "macros",
        "a broken archive",
        "text in another encoding",
        "text that is none",
        "a form not at its beginning",
    ],
)
def test_what_is_not_taken_is_refused(content: bytes) -> None:
    with pytest.raises(FormatNotTaken) as refused:
        format_of(content)
    assert (refused.value.status, refused.value.code) == (415, "file_type_not_allowed")


def test_an_empty_file_is_told_apart() -> None:
    with pytest.raises(FileEmpty):
        format_of(b"")


@pytest.mark.parametrize(
    ("limit", "content"),
    [
        ("ARCHIVE_ENTRIES_MAX", office("word/document.xml", *(f"{n}.png" for n in range(20)))),
        ("ARCHIVE_BYTES_MAX", office("word/document.xml", size=5_000)),
    ],
)
def test_an_archive_that_unfolds_to_too_much_is_refused(
    limit: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert format_of(content).code == "docx"
    monkeypatch.setattr(file_format, limit, 10)
    with pytest.raises(FormatNotTaken):
        format_of(content)
