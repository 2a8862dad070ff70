"""What the operator of the tool must mend, as exceptions; what an author of a record can mend is a `Finding`, never
an exception.

    PostmortemError            one clear line: the file, the place, what was found, what is allowed, the next step
    ├── UnreadableError        a file or folder that should be read is missing, unreadable, or not of the kind it
    should be
    ├── SettingsError          `postmortem.yml` (or `mkdocs.yml` beside it) cannot be used as it stands
    ├── OutputRefusedError     the output folder holds files that are not ours, or cannot be written
    ├── ProofError             an edit of a file could not be shown to change only what it should; nothing was written
    └── MissingPieceError      an installed library lacks a part we need (the C extension of PyYAML, say)

`postmortem.cli` turns them into exit code 3 at one place.
"""


class PostmortemError(Exception):
    """The root: anything an operator has to mend; its text is the whole message, one line."""


class UnreadableError(PostmortemError):
    """A file or folder is missing, unreadable, or not of the kind it should be."""


class SettingsError(PostmortemError):
    """The settings cannot be used as they stand."""


class OutputRefusedError(PostmortemError):
    """The output folder holds files that are not ours, or cannot be written."""


class ProofError(PostmortemError):
    """An edit of a file could not be shown to change only what it should; nothing was written."""


class MissingPieceError(PostmortemError):
    """An installed library lacks a part we need."""
