"""Views parse, call one function, and answer."""
