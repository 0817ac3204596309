"""Forms of setting a programme up."""
