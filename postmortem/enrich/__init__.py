"""Events in; new records, edits and disagreements out. It knows no vendor, no HTTP and no YAML text."""
