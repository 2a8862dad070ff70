"""XML that a stranger wrote: threat 4, and what feeds really look like. Also: nothing but one error ever comes out."""

import contextlib
import time
import tracemalloc
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import xml
from postmortem.sources.adapter import NotUnderstoodError

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
PARAMETERS = "".join(f"<!ENTITY % p{n} '{f'&#37;p{n - 1};' * 10}'>" for n in range(1, 12))
DEFAULTS = "".join(f'a{n} CDATA "b" ' for n in range(9_000))

BOMBS = {
    "billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l11;</r>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]><r>{"&a;" * 50_000}</r>',
    "in an attribute": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r a="&l11;"/>',
    "in a default of an attribute": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}<!ATTLIST r a CDATA "&l11;">]><r/>',
    "itself": '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>',
    "parameter entities": f'<!DOCTYPE r [<!ENTITY % p0 "ha">{PARAMETERS} %p11;]><r/>',
    "declared, never used": '<!DOCTYPE r [<!ENTITY a "b">]><r/>',
    "elements in entities": f'<!DOCTYPE r [<!ENTITY l0 "<b/>">{LAUGHS}]><r>&l11;</r>',
    "many attributes by default": f"<!DOCTYPE r [<!ATTLIST r {DEFAULTS}>]>{'<r/>' * 9_000}",
    "in Atom": f'<?xml version="1.0"?><!DOCTYPE f [<!ENTITY l0 "h">{LAUGHS}]><f xmlns="http://www.w3.org/2005/Atom">&l9;</f>',
}

EXTERNAL = {
    "general": '<!DOCTYPE r [<!ENTITY x SYSTEM "CANARY">]><r>&x;</r>',
    "public": '<!DOCTYPE r [<!ENTITY x PUBLIC "-//x" "CANARY">]><r>&x;</r>',
    "parameter": '<!DOCTYPE r [<!ENTITY % x SYSTEM "CANARY"> %x;]><r/>',
    "named document type": '<!DOCTYPE r SYSTEM "CANARY"><r>&canary;</r>',
    "unparsed": '<!DOCTYPE r [<!NOTATION n SYSTEM "CANARY"><!ENTITY x SYSTEM "CANARY" NDATA n>]><r a="x"/>',
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_entity_bomb_is_refused_before_it_grows(name: str) -> None:
    tracemalloc.start()
    before = time.process_time()
    try:
        with pytest.raises(NotUnderstoodError, match=r"which (is|are) not read"):
            xml.parse(BOMBS[name].encode())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - before < 1  # of this process, however busy the machine is
    assert peak < 2_000_000


@pytest.mark.parametrize("scheme", ["", "file://"])
@pytest.mark.parametrize("name", EXTERNAL)
def test_an_external_entity_is_never_opened(name: str, scheme: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.dtd"
    canary.write_text('<!ENTITY canary "CAUGHT">')
    before = canary.stat().st_atime_ns
    document = EXTERNAL[name].replace("CANARY", f"{scheme}{canary}")
    with pytest.raises(NotUnderstoodError, match=r"which (is|are) not read"):
        xml.parse(document.encode())
    assert canary.stat().st_atime_ns == before


def test_a_document_type_that_is_only_named_is_left_alone() -> None:
    old = (
        b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd"><rss version="0.91"/>'
    )
    assert xml.parse(old).attrib == {"version": "0.91"}


def test_depth_and_number_of_elements_are_bounded() -> None:
    assert xml.parse(b"<a>" * xml.DEPTH + b"</a>" * xml.DEPTH).tag == "a"
    with pytest.raises(NotUnderstoodError, match="too deep or too large"):
        xml.parse(b"<a>" * (xml.DEPTH + 1) + b"</a>" * (xml.DEPTH + 1))
    with pytest.raises(NotUnderstoodError, match="too deep or too large"):
        xml.parse(b"<a>" * 1_000_000)
    with pytest.raises(NotUnderstoodError, match="too deep or too large"):
        xml.parse(b"<r>" + b"<a/>" * xml.ELEMENTS + b"</r>")


def test_names_attributes_and_text_are_those_of_the_standard_library() -> None:
    document = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="urn:m" xml:lang="en"><m:e m:a="1" b="2">x<b/>y</m:e>'
        "<t><![CDATA[<p>]]>&amp;&#8217;ü</t><!-- c --><?p i?></feed>"
    )
    ours, theirs = (
        [(each.tag, each.attrib, each.text, each.tail) for each in root.iter()]
        for root in (xml.parse(document.encode()), fromstring(document))  # noqa: S314 - reads what the test wrote itself
    )
    assert ours == theirs


@pytest.mark.parametrize(
    "content",
    [
        "<a>ü</a>".encode("utf-8-sig"),
        "<a>ü</a>".encode("utf-16"),
        '<?xml version="1.0" encoding="iso-8859-1"?><a>ü</a>'.encode("latin-1"),
        '<?xml version="1.0" encoding="windows-1252"?><a>ü</a>'.encode("cp1252"),
        '\r\n  <?xml version="1.0"?><a>ü</a>'.encode(),
        '<?xml version="1.0" encoding="utf-16"?><a>ü</a>'.encode(),
        '<?xml version="1.0" encoding="unheard-of"?><a>ü</a>'.encode(),
        '<?xml version="1.0" encoding="big5"?><a>ü</a>'.encode(),
    ],
)
def test_encodings_as_feeds_have_them(content: bytes) -> None:
    assert xml.parse(content).text == "ü"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"{}",
        b"<!DOCTYPE html><html><br></html>",
        b"<a>&nbsp;</a>",
        b"<a>\xfc</a>",
        b"<a>\x00</a>",
        b"<a",
        b"<a/><b/>",
        b'<?xml version="1.0" encoding="a\x00b"?><a/>',
        b'<?xml version="1.0" encoding="big5"?><a>\xa4</a>',
        b'<?xml version="1.0" encoding="rot13"?><a>\xa4</a>',
        b"\xff\xfe<",
        b"<x:a/>",
    ],
)
def test_what_is_no_xml_is_one_line_without_the_text(content: bytes) -> None:
    with pytest.raises(NotUnderstoodError) as caught:
        xml.parse(content)
    assert str(caught.value).startswith("the XML ")
    assert str(caught.value).isascii()
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200) | st.text(alphabet='<>&;/a="![]ENTIYDOCP% -?', max_size=200).map(str.encode))
def test_any_bytes_give_a_tree_or_the_one_error(content: bytes) -> None:
    with contextlib.suppress(NotUnderstoodError):
        xml.parse(content)
