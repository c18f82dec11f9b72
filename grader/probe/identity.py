"""What is known of objects without their carrying it, keeping them alive, or being hashable."""

import weakref
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class WeakIdKeyDictionary(Generic[Value]):
    """Values by the identity of objects, for as long as these live.

    Keras compares variables number by number, and a student's class may compare as it likes.
    """

    def __init__(self) -> None:
        self._items: dict[int, tuple[weakref.ref[Any], Value]] = {}

    def __setitem__(self, key: Any, value: Value) -> None:
        number = id(key)

        def forget(gone: weakref.ref[Any]) -> None:
            # A new object may have the number of the old one by then.
            if (item := self._items.get(number)) and item[0] is gone:
                del self._items[number]

        self._items[number] = weakref.ref(key, forget), value

    def get(self, key: Any) -> Value | None:
        """Return the value of an object, or None."""
        reference, value = self._items.get(id(key), (None, None))
        return value if reference is not None and reference() is key else None

    def pop(self, key: Any) -> Value | None:
        """Forget the value of an object and return it, or None."""
        value = self.get(key)
        if value is not None:
            del self._items[id(key)]
        return value
