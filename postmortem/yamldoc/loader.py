"""The bytes of one YAML file in; out come a `Document` and every reason why the file is not accepted as it stands.

The order of the steps is the order in which reading can fail: bytes, text, syntax, then the tree, node by node.
"""

import dataclasses

import msgspec
from yaml.composer import ComposerError
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node

from postmortem.model.finding import Finding
from postmortem.yamldoc import compose, lines, place, source, syntax
from postmortem.yamldoc.builder import Builder, properties
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.limits import MAX_FINDINGS


def read(content: bytes, path: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """One file, read strictly; `path` is only copied into the findings.

    What is accepted is what JSON can say, in YAML 1.2 without tags, anchors and merge keys; `codes.CODES` lists what
    is not. The document is None where no mapping could be built. The findings, sorted by place, are all errors; with
    any of them the document serves to show places, not to be decoded. Errors: `MissingPieceError` without libyaml.
    """
    decoded, findings = source.decode(content, path)
    document = None
    if decoded is not None and not findings and (data := lines.read(decoded.text)) is not None:
        return Document(path, decoded.text, data, None, clean=True), ()
    if decoded is not None and not (findings and not decoded.parsable):
        document, more = _parse(decoded, path, text_is_clean=not findings)
        findings += more
        if document is not None and not findings:
            document = dataclasses.replace(document, clean=True)
    return document, _first(sorted(set(findings)))


def _first(findings: list[Finding]) -> tuple[Finding, ...]:
    """As many as help anyone; where more follow, the last says so."""
    if len(findings) <= MAX_FINDINGS:
        return tuple(findings)
    message = f"more refusals follow from here on; only the first {MAX_FINDINGS} are listed"
    more = msgspec.structs.replace(findings[MAX_FINDINGS], code="PM006", message=message, hint="mend the first ones")
    return (*findings[:MAX_FINDINGS], more)


def _parse(decoded: source.Source, path: str, *, text_is_clean: bool) -> tuple[Document | None, list[Finding]]:
    try:
        root, findings = _compose(decoded.parsable, path)
    except compose.LimitError as error:
        return None, [_limit(error, path)]
    except MarkedYAMLError as error:
        # Syntax that is wrong after a refused character was taken out may be right once its author has mended that.
        return None, [syntax.explain(error, decoded.parsable, path)] if text_is_clean else []
    if not isinstance(root, MappingNode):
        return None, findings if findings or not text_is_clean else [_no_mapping(root, path)]
    builder = Builder(decoded.parsable, path)
    data = builder.build(root)
    return Document(path=path, text=decoded.text, data=data, composed=root), findings + builder.findings


def _compose(text: str, path: str) -> tuple[Node | None, list[Finding]]:
    """The tree; if the composer stumbled over an alias or an anchor, all of those as findings and the tree without."""
    try:
        return compose.tree(text), []
    except ComposerError:
        findings = properties(text, path)
    try:
        return compose.tree(compose.aliases_as_text(text)), findings
    except (MarkedYAMLError, compose.LimitError):
        return None, findings


def _limit(error: compose.LimitError, path: str) -> Finding:
    mark = error.node.start_mark
    span = place.at(mark.line + 1, mark.column + 1, 1)
    return Finding(path=path, span=span, code="PM006", message=str(error), hint="one file holds one incident")


def _no_mapping(root: Node | None, path: str) -> Finding:
    if root is None or not root.value:
        span, message = place.at(1, 1), "the file is empty"
    else:
        mark = root.start_mark
        kind = "a list" if isinstance(root.value, list) else "a single text"
        span, message = (
            place.at(mark.line + 1, mark.column + 1, 1),
            f"the file holds {kind}; it must hold keys and values",
        )
    return Finding(path=path, span=span, code="PM008", message=message, hint='begin with: schema_version: "1.0"')
