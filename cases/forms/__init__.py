"""The forms of the register, a module a noun. Each asks in the order one would say it."""
