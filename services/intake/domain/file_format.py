"""What a file is, by its bytes and never by its name; what nobody can open harmlessly is not taken.

Taken are documents, pictures, recordings and plain text. Word and Excel files are archives: their directory is read (not
their content), so that macros, archives that unfold to more than anybody can open, and other archives are refused.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from shared.vocabulary.errors import Refusal

ARCHIVE_ENTRIES_MAX = 2_000
ARCHIVE_BYTES_MAX = 200 * 1024 * 1024
"""Unfolded; a letter with fifty photographs has 60 MB."""
_HEIC = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"})
_M4A = frozenset({b"M4A ", b"M4B "})
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its code, the suffix of its files, and what browsers are told."""

    code: str
    suffix: str
    media_type: str


PDF = Format("pdf", "pdf", "application/pdf")
JPEG = Format("jpeg", "jpg", "image/jpeg")
PNG = Format("png", "png", "image/png")
WEBP = Format("webp", "webp", "image/webp")
HEIC = Format("heic", "heic", "image/heic")
MP3 = Format("mp3", "mp3", "audio/mpeg")
M4A = Format("m4a", "m4a", "audio/mp4")
WAV = Format("wav", "wav", "audio/wav")
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Format("docx", "docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = Format("xlsx", "xlsx", f"{_OFFICE}.spreadsheetml.sheet")
TEXT = Format("text", "txt", "text/plain; charset=utf-8")
FORMATS = {one.code: one for one in (PDF, JPEG, PNG, WEBP, HEIC, MP3, M4A, WAV, DOCX, XLSX, TEXT)}
_STARTS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
)
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


class FileEmpty(Refusal):
    """There is nothing in the file (422)."""

    status = 422
    code = "file_empty"
    zh = "这份文件是空的，请检查后重新选择。"
    en = "The file is empty. Check it and choose again."


class FormatNotTaken(Refusal):
    """The bytes are of no format that is taken (415)."""

    status = 415
    code = "file_type_not_allowed"
    zh = (
        "不支持这种文件。可上传 PDF、图片（JPG、PNG、WEBP、HEIC）、录音（MP3、M4A、WAV）、"
        "Word、Excel（不含宏）和 UTF-8 文本；其他文件请另存为 PDF 后再上传。"
    )
    en = (
        "This type of file is not taken. Upload PDF, pictures (JPG, PNG, WEBP, HEIC), recordings (MP3, M4A, WAV),"
        " Word or Excel without macros, or UTF-8 text; save anything else as PDF."
    )


def format_of(content: bytes) -> Format:
    """The format of these bytes; FileEmpty or FormatNotTaken."""
    if not content:
        raise FileEmpty
    found = _by_start(content) or _by_archive(content) or _by_text(content)
    if found is None:
        raise FormatNotTaken
    return found


def _by_start(content: bytes) -> Format | None:
    for start, one in _STARTS:
        if content.startswith(start):
            return one
    if content[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(content[8:12])
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return HEIC if brand in _HEIC else M4A if brand in _M4A else None
    return None


def _by_archive(content: bytes) -> Format | None:
    """Word or Excel, by the names in the directory of the archive."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    names = {one.filename for one in entries}
    unfolded = sum(one.file_size for one in entries)
    if len(entries) > ARCHIVE_ENTRIES_MAX or unfolded > ARCHIVE_BYTES_MAX:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((one for part, one in _PARTS.items() if part in names), None)


def _by_text(content: bytes) -> Format | None:
    if not _CONTROLS.isdisjoint(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return TEXT
