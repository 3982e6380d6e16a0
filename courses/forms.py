"""The form that modules are written in."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError, ListValue

from courses.quiz_check import QuizFault
from home.models import FocusAreaForm

# What is wrong with a page that is about to be published, by field.
Check = Callable[[Any], Mapping[str, ValidationError]]
_checks: list[Check] = []

# Messages by id of block and name of field.
Found = dict[tuple[str, str], list[ValidationError]]


def register_check(check: Check) -> None:
    """The checks know models, and models know this form: so they come to it from outside."""
    _checks.append(check)


class ModulePageForm(FocusAreaForm):
    """Asks of a quiz that is published or submitted that it is complete, of a draft nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.has_unpublished_changes:
            # What was said of the last change says nothing of the next one.
            self.initial["quiz_change"] = ""

    def _post_clean(self) -> None:
        """Wagtail defers validation when a draft is saved, by hand or by itself, or previewed."""
        super()._post_clean()
        if self.is_deferred_validation or "quiz" not in self.fields:
            return
        if "quiz" in self.errors:
            self.instance.quiz = self._as_written("quiz")
        self.instance.quiz.get_prep_value()  # Gives blocks that are new their ids.
        for check in _checks:
            for field, error in check(self.instance).items():
                self._refuse(field, error)

    def _as_written(self, name: str) -> Any:
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _refuse(self, field: str, error: ValidationError) -> None:
        """An editor shows one error of a stream: what is found here joins what Wagtail found."""
        known = self.errors[field].as_data() if field in self.errors else []
        if not known:
            self.add_error(field, error)
        elif field == "quiz":
            self.errors[field] = self.error_class([_merged(known[0], error)])


def stream_error(value: StreamValue, faults: Iterable[QuizFault]) -> ValidationError | None:
    """The faults of a quiz, each at its block and field, as Wagtail's editor shows them."""
    found: Found = {}
    for fault in faults:
        found.setdefault((fault.owner, fault.field), []).append(ValidationError(fault.message))
    return _of_field(value, found.get(("", "quiz"), []), found)


def _of_field(value: Any, own: list[ValidationError], found: Found) -> ValidationError | None:
    if isinstance(value, StreamValue):
        return _of_many(StreamBlockValidationError, value, own, found)
    if isinstance(value, ListValue):
        return _of_many(ListBlockValidationError, value.bound_blocks, own, found)
    return ValidationError(own) if own else None


def _of_many(
    error_class: Any, children: Iterable[Any], own: list[ValidationError], found: Found
) -> ValidationError | None:
    inner = {}
    for index, child in enumerate(children):
        error = _of_struct(str(child.id), child.value, found)
        if error:
            inner[index] = error
    if not inner and not own:
        return None
    whole: ValidationError = error_class(block_errors=inner, non_block_errors=own)
    return whole


def _of_struct(block_id: str, value: Mapping[str, Any], found: Found) -> ValidationError | None:
    inner = {}
    for name, item in value.items():
        error = _of_field(item, found.get((block_id, name), []), found)
        if error:
            inner[name] = error
    return StructBlockValidationError(inner) if inner else None


def _merged(first: Any, second: Any) -> Any:
    """Two errors of the same block as one; where both speak of one field, the first."""
    if not hasattr(first, "block_errors") or not hasattr(second, "block_errors"):
        return first
    inner = dict(first.block_errors)
    for place, error in second.block_errors.items():
        inner[place] = _merged(inner[place], error) if place in inner else error
    own = first.non_block_errors or second.non_block_errors
    return type(first)(block_errors=inner, non_block_errors=own)
