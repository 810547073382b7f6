"""Writing a file so that readers and crashes see the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path


def write_whole(file: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write by temporary file, fsync and rename; the mode of an existing file is kept.

    Raises FileExistsError for an existing file without ``overwrite``, and OSError (disk full, no
    permission) with the old file untouched.
    """
    if not overwrite and file.exists():
        raise FileExistsError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(file))
        if overwrite:
            temporary.replace(file)
        else:
            # A link fails where a rename would replace a file that appeared meanwhile.
            os.link(temporary, file)
            temporary.unlink()
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _mode(file: Path) -> int:
    if file.exists():
        return stat.S_IMODE(file.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
