"""How much one file may hold: numbers that keep a hostile file from costing more than a second, in one place because
several steps of the reading enforce them and the messages name them.
"""

MAX_BYTES = 1024 * 1024
"""A long record has 20 kB; libyaml itself has no limit at all."""

MAX_DEPTH = 32
"""Lists and mappings inside one another; the deepest record has 9. libyaml's composer overruns its stack at 10,000s."""

MAX_NODES = 50_000
"""Keys, values, lists and mappings together; a long record has 5,000."""

MAX_FINDINGS = 100
"""Of one file; whoever has more mends those first."""

MAX_INTEGER = 2**53 - 1
"""The largest whole number every JSON reader keeps exactly (RFC 7493 section 2.2)."""

MAX_DIGITS = 64
"""Characters of a number; longer ones are identifiers that want quotes, and slow to convert."""
