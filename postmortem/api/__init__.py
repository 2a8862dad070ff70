"""JSON for machines, under versioned shapes."""
