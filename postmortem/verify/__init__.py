"""Is a published site sound? Judged from what is published and from nothing else, as a stranger would."""
