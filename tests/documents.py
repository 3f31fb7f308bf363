"""Makers of Word and PDF files for tests: as small as they may be."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def paragraph(words: str, style: str = "") -> str:
    """A paragraph of a Word file, in one run a word; a line break where the words have one."""
    runs = "".join(
        "<w:r><w:br/></w:r>" if run == "\n" else f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
        for run in words.replace("\n", "\0\n\0").replace(" ", "\0 \0").split("\0")
        if run
    )
    return f'<w:p>{f"""<w:pPr><w:pStyle w:val="{style}"/></w:pPr>""" if style else ""}{runs}</w:p>'


def make_docx(body: str, *, prolog: str = "", **parts: str | bytes) -> bytes:
    """A Word file; ``parts`` are further members by the name of their file without suffix (footnotes, core, ...)."""
    members: dict[str, str | bytes] = {
        "word/document.xml": f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"
    }
    for name, part in parts.items():
        members[f"docProps/{name}.xml" if name == "core" else f"word/{name}.xml"] = part
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members.items():
            archive.writestr(name, part)
    return buffer.getvalue()


Words = tuple[float, float, float, str]  # x and y from the page's lower left, size of the letters, text


def make_pdf(pages: Sequence[Sequence[Words]], *, title: str = "", stream: bytes | None = None) -> bytes:
    """A PDF in Helvetica, A4; ``stream`` takes the place of the first page's packed drawing."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    bodies: dict[int, bytes] = {}
    for words in pages:
        drawing = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in words)
        packed = zlib.compress(drawing.encode("cp1252")) if stream is None or kids else stream
        objects.append(f"<</Length {len(packed)}/Filter/FlateDecode>>")
        bodies[len(objects)] = packed
        place = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{place}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects.append(f"<</Title({title})/Author(A. Typist)>>")
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        body = b"stream\n" + bodies[number] + b"\nendstream\n" if number in bodies else b""
        out += f"{number} 0 obj\n{item}\n".encode("cp1252") + body + b"endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
