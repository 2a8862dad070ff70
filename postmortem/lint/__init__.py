"""What JSON Schema cannot say about a record: rules that judge valid records, and the runner that places what they
say. Bytes in, findings out.
"""
