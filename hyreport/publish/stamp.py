"""Names in each picture what it was drawn from."""

import re
import zlib

__all__ = ["stamp"]


PNG, PNG_END = b"\x89PNG\r\n\x1a\n", 12  # the last part of a file, which says that it ends
NOTE = b"tEXtSource\0"
SVG_NOTE, SVG_END = re.compile(rb"\s*<dc:source>.*?</dc:source>"), re.compile(rb"\s*</cc:Work>")


def stamp(picture: bytes, words: str = "") -> bytes:
    r"""Return a picture with a note of its source in place of the one it had; "" for none.

    Parameters
    ----------
    picture : bytes
        A PNG, or an SVG as matplotlib draws it.
    words : str
        What the note says.

    Examples
    --------
    >>> stamp(b"<cc:Work> <dc:source>old</dc:source> </cc:Work>", "new")
    b'<cc:Work>\n    <dc:source>new</dc:source> </cc:Work>'
    >>> stamp(b"<cc:Work> <dc:source>old</dc:source> </cc:Work>")
    b'<cc:Work> </cc:Work>'
    """
    if not picture.startswith(PNG):
        note = f"\n    <dc:source>{words}</dc:source>" if words else ""
        return SVG_END.sub(note.encode() + rb"\g<0>", SVG_NOTE.sub(b"", picture), count=1)
    start = picture.find(NOTE) - 4  # a part begins with its length: four bytes
    if start >= 0:
        end = start + 12 + int.from_bytes(picture[start : start + 4])
        picture = picture[:start] + picture[end:]
    text = NOTE + words.encode()
    part = (len(text) - 4).to_bytes(4) + text + zlib.crc32(text).to_bytes(4)
    return picture[:-PNG_END] + (part if words else b"") + picture[-PNG_END:]
