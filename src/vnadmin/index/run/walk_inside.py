"""The documents inside a file that is no zip by its name, by location: `thu.eml!/quyet-dinh.pdf`, `a.zip!/b.msg!/c.docx`."""

from __future__ import annotations

from collections import Counter
from typing import Final

from vnadmin.config import Config
from vnadmin.errors import SourceNotFound
from vnadmin.source.container import Contained, contained
from vnadmin.text.printable import printable

_LONGEST: Final = 400  # characters of a name in a mail, which may be as long as its sender likes
NTH: Final = "!//"  # of files that have one name the second is `c.docx!//2`


def inside(data: bytes, config: Config) -> tuple[Contained, ...]:
    """The documents in a mail, a portfolio or a zip, each under a name of its own; none where it is itself a document.

    Raises:
        VnadminError: as `contained` does.
    """
    times: Counter[str] = Counter()
    found = []
    for one in contained(data, config) or ():
        name = printable(one.name)[:_LONGEST]
        times[name] += 1
        found.append(one._replace(name=f"{name}{NTH}{times[name]}" if times[name] > 1 else name))
    return tuple(found)


def taken_out(data: bytes, name: str, config: Config) -> bytes:
    """One of the documents inside.

    Raises:
        SourceNotFound: there is none of this name.
        VnadminError: it cannot be taken out.
    """
    for one in inside(data, config):
        if one.name == name:
            if one.error is not None:
                raise one.error
            return one.data
    raise SourceNotFound("The file holds no such document.")
