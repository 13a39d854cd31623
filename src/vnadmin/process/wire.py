"""The messages between a program and its worker: packed, put together again as they come, and unpacked as data only."""

from __future__ import annotations

import io
import pickle
import struct
import traceback
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import methodcaller
from typing import Any, ClassVar, NamedTuple

from vnadmin.errors import VnadminError

_OURS = frozenset({"vnadmin", "vnadmin_service"})
_HEAD = struct.Struct("!Q")
READ_BYTES = 1 << 16  # what a pipe holds
Task = tuple[Callable[..., object], tuple[object, ...]]


class WorkerFault(Exception):
    """An error of a library's own class, by its name: only errors that are built in or ours leave a worker whole."""


class RemoteTrace(Exception):
    """Where in the worker an error came from, as text: the cause of the error that is raised here."""


class NotData(Exception):
    """An answer that is no answer: the worker is not itself any more."""


class Outcome(NamedTuple):
    """What a task gave, or the error that it raised."""

    value: object = None
    error: BaseException | None = None

    def get(self) -> object:
        """The value; the error is raised."""
        if self.error is not None:
            raise self.error
        return self.value


class Inbox:
    """What has come through a pipe so far. Question and answer take turns, so nothing follows a whole message."""

    def __init__(self) -> None:
        self._come = bytearray()

    def feed(self, data: bytes) -> memoryview | None:
        """Take in some bytes; the message, once it is whole."""
        self._come += data
        if len(self._come) < _HEAD.size or len(self._come) < _HEAD.size + _HEAD.unpack_from(self._come)[0]:
            return None
        whole, self._come = self._come, bytearray()
        return memoryview(whole)[_HEAD.size :]


class _ByType(dict[type, Callable[[Any], Any]]):
    """How an object of a type is packed, found out once for each type.

    A data class is packed as the call that makes it: one that is frozen and compiled takes no attributes afterwards.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, type):
            raise KeyError(kind)  # classes go by name
        self[kind] = _call if is_dataclass(kind) else methodcaller("__reduce_ex__", pickle.HIGHEST_PROTOCOL)
        return self[kind]


def _call(content: Any) -> tuple[type, tuple[object, ...]]:
    return type(content), tuple(getattr(content, field.name) for field in fields(content) if field.init)


_BY_TYPE = _ByType()


def pack(content: object) -> memoryview:
    """A message with this content, ready to be written to a pipe."""
    out = io.BytesIO(bytes(_HEAD.size))
    out.seek(_HEAD.size)
    packer = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = _BY_TYPE
    packer.dump(content)
    message = out.getbuffer()
    _HEAD.pack_into(message, 0, len(message) - _HEAD.size)
    return message


def perform(message: memoryview) -> memoryview:
    """In the worker: do the task of a message, and pack its answer."""
    trace = ""
    try:
        function, arguments = pickle.loads(message)  # noqa: S301  from the program that started us
        return pack((True, function(*arguments), trace))
    except VnadminError as error:
        failure: Exception = error
    except Exception as error:  # noqa: BLE001  the worker boundary: whatever went wrong is the answer
        kind, trace = type(error), traceback.format_exc()
        # a future of asyncio refuses StopIteration, and whoever waits for it waits for ever
        whole = kind.__module__.partition(".")[0] in _OURS | {"builtins"} and kind is not StopIteration
        failure = error if whole else WorkerFault(f"{kind.__module__}.{kind.__qualname__}")
    # its frames hold the document, and one of them is this one, which holds the error: a circle kept for long
    failure.__traceback__ = failure.__context__ = failure.__cause__ = None
    try:
        return pack((False, failure, trace))
    except (pickle.PicklingError, AttributeError, TypeError):
        return pack((False, WorkerFault(type(failure).__qualname__), trace))


def unpack(answer: memoryview) -> Outcome:
    """In the program: what a task gave or raised.

    Raises:
        NotData: the worker sent something else.
    """
    try:
        worked, value, trace = _Answers(io.BytesIO(answer)).load()
    except Exception:  # noqa: BLE001  the worker boundary from this side: whatever cannot be read is no answer
        raise NotData from None
    if worked is True:
        return Outcome(value)
    if not isinstance(value, Exception):
        raise NotData
    if trace:
        value.__cause__ = RemoteTrace(trace)
    return Outcome(error=value)


class _Answers(pickle.Unpickler):
    """Makes data only, so that a worker which a document has taken over cannot have anything called out here."""

    _let_in: ClassVar[dict[tuple[str, str], type]] = {}

    def find_class(self, module: str, name: str) -> type:
        """A built-in error, or a model, data class, tuple, string, enumeration or error of ours."""
        if (module, name) in self._let_in:
            return self._let_in[module, name]
        if module == "builtins" or module.partition(".")[0] in _OURS:
            kind = super().find_class(module, name)
            kinds = (Exception,) if module == "builtins" else (tuple, str, Enum, Exception)
            if isinstance(kind, type) and (issubclass(kind, kinds) or is_dataclass(kind) or _is_model(kind)):
                self._let_in[module, name] = kind
                return kind
        raise pickle.UnpicklingError("no data")


def _is_model(kind: type) -> bool:
    from pydantic import BaseModel  # here: a program whose workers give plain values is done before it is loaded

    return issubclass(kind, BaseModel)
