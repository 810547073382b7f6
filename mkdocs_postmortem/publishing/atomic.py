"""Writing a file so that readers see either the complete old or the complete new one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Collection, Iterable
from pathlib import Path

# Hidden, so that no site shows what a killed command leaves.
_PREFIX, _SUFFIX = ".postmortem-", ".tmp"
_STALE_SECONDS = 3600


def write_whole(
    file: Path,
    data: bytes,
    *,
    roots: Collection[Path],
    overwrite: bool = False,
    before: bytes | None = None,
) -> None:
    """Write by temporary file, fsync and rename; the mode of an existing file is kept.

    ``roots`` are the folders of the project; see ``target_of``. ``before`` is what the file held
    when its new content was made, and allows to overwrite that. Raises FileExistsError for an
    existing file without ``overwrite``, and OSError (disk full, no permission, changed meanwhile,
    a link that leads out) with the old file untouched; the error names ``file``.
    """
    try:
        if not overwrite and before is None and os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, "It exists already")
        _write(target_of(file, roots), data, overwrite or before is not None, before)
    except OSError as error:
        error.filename, error.filename2 = str(file), None
        raise


def _write(file: Path, data: bytes, overwrite: bool, before: bytes | None) -> None:
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


def target_of(file: Path, roots: Collection[Path]) -> Path:
    """Where a file really is, all symbolic links followed.

    OSError if a link inside one of the ``roots`` leads out of all of them: whoever may add a link
    to a repository must not choose what a command overwrites elsewhere.
    """
    target, folders = Path(os.path.realpath(file)), {Path(os.path.realpath(root)) for root in roots}
    if folders.isdisjoint(target.parents):
        above = file.absolute().parents
        if not folders.isdisjoint(Path(os.path.realpath(folder)) for folder in above):
            reason = "A symbolic link leads there, out of the project; nothing was written"
            raise OSError(errno.ELOOP, reason, str(file))
    return target


def write_folder(
    folder: Path, files: Iterable[tuple[str, bytes]], *, roots: Collection[Path]
) -> None:
    """Replace a folder by a new one completely, or leave the old one unchanged.

    The files are (path below the folder, content), ``roots`` as for ``write_whole``. Between the
    old folder and the new one there is a moment without any: no system swaps two folders for sure.
    Raises OSError.
    """
    folder = target_of(folder, roots)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Next to the folder, so that both are on one disk.
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder.parent))
    try:
        for name, data in files:
            write_whole(made / "new" / name, data, roots=(made,))
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
