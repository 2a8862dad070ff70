"""What JSON Schema can say about a record or the settings. Plain data in, problems at pointers out; knows no YAML."""
