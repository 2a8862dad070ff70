"""The life of a record: what a person means to do, as edits or as the text of a new file. No disk, no clock."""
