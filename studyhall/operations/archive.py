"""A backup in one file: a gzipped tar of a manifest and of what the engine dumped."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import time
import zlib
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

FORMAT = 1
MANIFEST, DUMP = "manifest.json", "dump"
LARGEST_MANIFEST = 16 * 1024**2  # bytes
AT_ONCE = 1024**2  # bytes that are held at a time
SCRATCH = ".studyhall-backup-"  # what the folder of a backup's dump begins with
ENDS = (f"{SCRATCH}*", "*.backup.part")  # what one that is broken off may leave
LEFT_FOR = 24 * 3600  # seconds: no backup that is still being made is so old
ASKED = {"format", "made_at", "engine", "migrations", "tables", "dump"}
DAMAGE = (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error)
OTHERS = {
    b"SQLite format 3\0": "{} is a copy of a database's file, no backup: what stood in "
    "the -wal file beside it is missing. Make a backup with `manage.py backup`.",
    b"PGDMP": "{} was made by pg_dump alone and has no counts to compare: restore it "
    "with pg_restore, or make a backup with `manage.py backup`.",
}


NO_SITE = "This database has no tables of the site: there is nothing to back up."


class Refused(Exception):
    """A backup that cannot be made or used, said in sentences for whoever asked."""


class Backup(NamedTuple):
    """An opened backup: what it says of itself, and the file of its dump."""

    manifest: dict
    dump: Path


def clear(folder):
    """Delete what backups into this folder left that were broken off a day ago.

    They hold what a backup holds, every private note too.
    """
    for path in [path for name in ENDS for path in folder.glob(name)]:
        try:
            if _age(path) < LEFT_FOR:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except FileNotFoundError:  # another backup has just been finished
            continue


def _age(path):
    """Seconds since anything was last written there."""
    inside = path.iterdir() if path.is_dir() else ()
    return time.time() - max(each.lstat().st_mtime for each in (path, *inside))


def refuse_to_overwrite(file):
    """Raise Refused where a backup has this name, or one is being made."""
    if file.exists():
        raise Refused(f"{file} is there already: choose another name.")
    if _part(file).exists():
        raise Refused(
            f"{_part(file)} is there: another backup is being made, or one was broken "
            "off. Remove it if none is running."
        )
    if not file.parent.is_dir():
        raise Refused(f"{file.parent} is no folder.")


def write(file, manifest, dump):
    """Write the archive, for its owner alone; it has its name only when it is whole.

    Puts the dump's size and digest into the manifest.
    """
    named = {"bytes": dump.stat().st_size, "sha256": _digest(dump)}
    manifest = {"format": FORMAT, **manifest, "dump": named}
    part = _part(file)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            _pack(raw, json.dumps(manifest, indent=1).encode(), dump)
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(file):
    """The Backup in this file, unpacked until the block ends.

    Raises Refused for what is no backup, is damaged, or is of a later format.
    """
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    with TemporaryDirectory(prefix="studyhall-backup-") as folder:
        dump = Path(folder) / DUMP
        try:
            with gzip.open(file) as packed:
                manifest = _unpack(packed, dump)
                while packed.read(AT_ONCE):  # to its end, where its own sum stands
                    pass
        except DAMAGE as error:
            raise Refused(_why(file)) from error
        yield Backup(_checked(file, manifest, dump), dump)


def _part(file):
    return file.with_name(f"{file.name}.part")


def _digest(file):
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _pack(raw, manifest, dump):
    packed = gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6)
    with packed, tarfile.open(fileobj=packed, mode="w") as tar, dump.open("rb") as rows:
        tar.addfile(_member(MANIFEST, len(manifest)), io.BytesIO(manifest))
        tar.addfile(_member(DUMP, dump.stat().st_size), rows)


def _member(name, size):
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _unpack(packed, dump):
    """The manifest's text; the dump is written where it is wanted."""
    manifest = b""
    with tarfile.open(fileobj=packed, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                continue
            if member.name == MANIFEST and member.size <= LARGEST_MANIFEST:
                manifest = content.read()
            elif member.name == DUMP:
                with dump.open("wb") as raw:
                    while some := content.read(AT_ONCE):
                        raw.write(some)
    return manifest


def _why(file):
    """Why a file is no archive of ours."""
    with file.open("rb") as raw:
        first = raw.read(16)
    for sign, sentence in OTHERS.items():
        if first.startswith(sign):
            return sentence.format(file)
    if not first.startswith(b"\x1f\x8b"):
        return f"{file} is no backup."
    return f"{file} is damaged: it cannot be unpacked to its end."


def _checked(file, manifest, dump):
    """The manifest as it is written, if the dump is what it says."""
    try:
        said = json.loads(manifest)
    except ValueError as error:
        raise Refused(f"{file} is no backup: it has no manifest.") from error
    if not isinstance(said, dict) or not ASKED.issubset(said) or not dump.is_file():
        raise Refused(f"{file} is no backup: its manifest or its dump is missing.")
    if said["format"] != FORMAT:
        raise Refused(f"{file} is of format {said['format']}: this release knows 1.")
    if said["dump"] != {"bytes": dump.stat().st_size, "sha256": _digest(dump)}:
        raise Refused(f"{file} is damaged: its dump is not the one that was put in.")
    return said
