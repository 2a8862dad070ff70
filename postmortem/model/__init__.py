"""What an incident *is*: pure values and the arithmetic on them. No I/O, no clock, no YAML, no schema, no HTML."""
