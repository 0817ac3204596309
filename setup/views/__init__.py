"""The views of setting a programme up."""
