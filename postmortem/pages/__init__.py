"""What people see: one page per incident, the lists, the bodies of feed entries. Incidents and summaries in, safe HTML
out; no clock, no disk but the templates in the package, no MkDocs.
"""
