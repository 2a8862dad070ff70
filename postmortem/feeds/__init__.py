"""Feeds: what subscribers read, as RSS 2.0, Atom and JSON Feed."""
