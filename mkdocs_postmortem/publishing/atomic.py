"""Writing a file so that readers see either the complete old or the complete new one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

# Hidden, so that no site shows what a killed command leaves.
_PREFIX, _SUFFIX = ".postmortem-", ".tmp"
_STALE_SECONDS = 3600


def write_whole(
    file: Path, data: bytes, *, overwrite: bool = False, before: bytes | None = None
) -> None:
    """Write by temporary file, fsync and rename; the mode of an existing file is kept.

    ``before`` is what the file held when its new content was made. Raises FileExistsError for an
    existing file without ``overwrite``, and OSError (disk full, no permission, changed meanwhile)
    with the old file untouched.
    """
    if not overwrite and os.path.lexists(file):
        raise FileExistsError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    _clean(file.parent)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(file))
        if before is not None and file.read_bytes() != before:
            raise OSError(errno.EBUSY, "It changed while the command ran; run the command again")
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
    _sync(file.parent)


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Replace a folder by a new one completely, or leave the old one unchanged.

    The files are (path below the folder, content). Between the old folder and the new one there is
    a moment without any: no system swaps two folders for sure. Raises OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Next to the folder, so that both are on one disk.
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder.parent))
    try:
        for name, data in files:
            write_whole(made / "new" / name, data)
        (made / "new").mkdir(exist_ok=True)
        if folder.exists():
            folder.rename(made / "old")
        try:
            (made / "new").rename(folder)
        except OSError:
            if (made / "old").exists():
                (made / "old").rename(folder)
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _sync(folder.parent)


def is_linked(file: Path, folder: Path) -> bool:
    """Whether a symbolic link below the folder leads to the file, so that it may lie anywhere."""
    return file.resolve() != folder.resolve() / file.relative_to(folder)


def _mode(file: Path) -> int:
    if file.exists():
        return stat.S_IMODE(file.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _clean(folder: Path) -> None:
    """Remove what killed commands left; a younger file may be another command's."""
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                leftover.unlink()


def _sync(folder: Path) -> None:
    """Make the new name last as well; not every system opens folders."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
