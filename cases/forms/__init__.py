"""Forms of the register. Fields follow the order of a conversation."""
