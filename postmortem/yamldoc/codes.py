"""The page of each code that reading a file can give, as data: what is refused, why, and what to write instead.

Retired codes are never used again. A test reads each example: the bad one earns its code, the good one is silent.
"""

import msgspec


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """One refusal: `slug` and `title` name it, `why` is one paragraph, `bad` and `good` are whole small files."""

    slug: str
    title: str
    why: str
    bad: str
    good: str


CODES: dict[str, Code] = {
    "PM001": Code(
        slug="not-text",
        title="The file is not clean UTF-8 text",
        why=(
            "Records are read by editors, by Git, by feed readers and by XML parsers. Only UTF-8 without control "
            "characters and invisible marks survives all of them. A byte order mark at the very beginning is ignored."
        ),
        bad='title: "Sign-in failed\\u0007"\n',
        good='title: "Sign-in failed"\n',
    ),
    "PM002": Code(
        slug="syntax",
        title="The file is not YAML",
        why=(
            "The file cannot be taken apart into keys and values. Most often text that contains a colon and a space "
            "lacks quotes, a line is indented with a tab or does not line up, or a quote or bracket is not closed."
        ),
        bad="title: Outage: sign-in failed\n",
        good='title: "Outage: sign-in failed"\n',
    ),
    "PM003": Code(
        slug="duplicate-key",
        title="A key stands twice in one mapping",
        why=(
            "Parsers disagree about which of the two counts, and most say nothing: a reviewer sees one value and the "
            "site shows the other."
        ),
        bad="severity: minor\nseverity: critical\n",
        good="severity: critical\n",
    ),
    "PM004": Code(
        slug="alias",
        title="A value is borrowed from elsewhere in the file",
        why=(
            "Anchors (&), aliases (*) and merge keys (<<) make a value depend on a line far away, break when a record "
            "is edited by a program, and let a few lines grow to gigabytes. Text that starts with & or * needs quotes."
        ),
        bad="services: &all [api]\naffected: *all\n",
        good='services: [api]\nnote: "*not* an alias"\n',
    ),
    "PM005": Code(
        slug="tag",
        title="A value carries a tag",
        why=(
            "Tags ask the parser to make something other than plain data, and each parser knows other ones. Text that "
            "starts with ! needs quotes."
        ),
        bad="count: !!int 3\n",
        good='count: 3\ntext: "!important"\n',
    ),
    "PM006": Code(
        slug="too-large",
        title="The file is too large or too deep",
        why=(
            "A record is read by people. More than 1 MiB, 50,000 keys and values, or 32 lists and mappings inside one "
            "another are a mistake or an attack, and other tools fail on them in worse ways."
        ),
        bad=f"note: {'[' * 40}x{']' * 40}\n",
        good="note: [[x]]\n",
    ),
    "PM007": Code(
        slug="line-break",
        title="A character that only some readers take as a line break",
        why=(
            "A lone carriage return, U+0085, U+2028 and U+2029 end a line for some parsers and not for editors and "
            "diffs: a key can hide in what looks like text, and line numbers no longer agree."
        ),
        bad="title: Sign-in failed\u2028severity: none\n",
        good="title: Sign-in failed\nseverity: none\n",
    ),
    "PM008": Code(
        slug="one-document",
        title="The file is not one mapping of keys and values",
        why=(
            "One file holds one record: a mapping at the top, no second document after `---` or `...`, no directive "
            "(a line that starts with %), and not nothing."
        ),
        bad="title: First\n---\ntitle: Second\n",
        good="---\ntitle: First\n",
    ),
    "PM009": Code(
        slug="key-not-text",
        title="A key is not text",
        why=(
            "Keys become names in JSON, where only text can be one. A number, true, false, null, a list or a mapping "
            "cannot; in quotes it can."
        ),
        bad="2026: thirty incidents\n",
        good='"2026": thirty incidents\non: plain words are text\n',
    ),
    "PM010": Code(
        slug="ambiguous-number",
        title="A number that readers disagree about",
        why=(
            "012 is ten to one parser and twelve to another; 0x1F, 0o17, .inf and .nan have no form in JSON; whole "
            "numbers beyond 9,007,199,254,740,991 lose digits. Where it is a name or an id, quotes make it text."
        ),
        bad="key: 0123\n",
        good='key: "0123"\ncount: 6700\nshare: 0.25\n',
    ),
}
