"""From disk to types: where records and settings lie, how they are read, and what is kept of them between runs."""
