"""What the preview of a quiz asks for."""

from django import template

from courses.selectors.quiz_preview import previewed_quiz

register = template.Library()

register.simple_tag(previewed_quiz, name="previewed_quiz")
