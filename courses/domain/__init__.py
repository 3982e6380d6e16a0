"""The rules of learning as pure functions and values: no Django, no Wagtail, no other app."""
