"""Status feeds: bytes of any vendor in, events out. It knows no record."""
