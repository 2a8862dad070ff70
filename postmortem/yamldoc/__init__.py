"""One YAML file, read strictly: bytes in, plain data and the place of every value out, or findings that say what was
refused and where; nothing here knows what an incident is. The only package that imports `yaml`.
"""
