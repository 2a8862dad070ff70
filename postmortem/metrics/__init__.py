"""Every number that people see: computed here from the history, the settings and a day, and shown elsewhere."""
