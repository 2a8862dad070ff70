"""The one way to read XML that a stranger wrote: bytes in, a tree out. It knows no vendor and no feed.

The standard library's expat does the reading, under handlers that refuse everything that makes XML dangerous: a
document type with declarations of its own (entities that grow, entities that name files), and trees too deep or too
large. It opens no file and no connection; a document type that is only named, as in RSS 0.91, is left alone.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from postmortem.sources.adapter import NotUnderstoodError

DEPTH = 200
"""Elements in one another; feeds have fewer than ten, and the XHTML in them rarely thirty."""

ELEMENTS = 200_000
"""In one document; a feed of ten thousand entries has half as many."""

_WRONG_ENCODINGS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_BLANK = b" \t\r\n"
_NEXT = "see in a browser whether the address answers with a feed"


def parse(content: bytes) -> Element:
    """The root element, with names as ElementTree writes them (`{namespace}name`).

    White space before the declaration is passed over, and a declared encoding that cannot be is not believed where the
    bytes are UTF-8. Errors: `NotUnderstoodError` and no other, whatever the bytes are; its text holds none of theirs.
    """
    content = content.lstrip(_BLANK)
    try:
        return _tree(content, None)
    except expat.ExpatError as error:
        if error.code not in _WRONG_ENCODINGS or not _is_utf8(content):
            raise _refused(error) from error
    except (ValueError, LookupError) as error:  # an encoding with a NUL in its name, of several bytes, or unheard of
        if not _is_utf8(content):
            raise NotUnderstoodError(f"the XML names an encoding that cannot be read; {_NEXT}") from error
    try:
        return _tree(content, "utf-8")
    except expat.ExpatError as error:
        raise _refused(error) from error


def _tree(content: bytes, encoding: str | None) -> Element:
    parser = expat.ParserCreate(encoding, "}")
    parser.buffer_text = True
    builder = TreeBuilder()
    parser.StartElementHandler, parser.EndElementHandler = _bounded(builder)
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = _refuse_entity
    parser.SkippedEntityHandler = _refuse_entity
    parser.Parse(content, True)  # noqa: FBT003 - expat takes no names
    return builder.close()


def _bounded(builder: TreeBuilder) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """What to do at the start and the end of an element, within the limits."""
    names: dict[str, str] = {}
    depth = elements = 0

    def named(name: str) -> str:
        if name not in names:
            names[name] = "{" + name if "}" in name else name
        return names[name]

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > DEPTH or elements > ELEMENTS:
            limits = f"at most {DEPTH} elements in one another and {ELEMENTS:,} in all are read"
            raise NotUnderstoodError(f"the XML is too deep or too large ({limits}); {_NEXT}")
        builder.start(named(name), {named(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(named(name))

    return start, end


def _refuse_declarations(_name: str, _system: str | None, _public: str | None, declarations: int) -> None:
    if declarations:
        raise NotUnderstoodError(f"the XML declares a document type of its own, which is not read; {_NEXT}")


def _refuse_entity(*_: object) -> int:
    raise NotUnderstoodError(f"the XML uses entities of its own, which are not read; {_NEXT}")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refused(error: expat.ExpatError) -> NotUnderstoodError:
    found = expat.ErrorString(error.code)
    return NotUnderstoodError(
        f"the XML cannot be read at line {error.lineno}, column {error.offset} ({found}); {_NEXT}"
    )
