"""Every lane of a study as a Parquet file: one row for each seed, quarter and account."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from kamsim.errors import KamsimError
from kamsim.players.outcomes import BOOKS, Outcomes

SETTINGS: Final = {"memory_limit": "64MB", "threads": "1"}
PURSES: Final = ("banked", "left")
COLUMNS: Final = (*BOOKS, *PURSES)
"""Beside seed, quarter (from 1) and account: what `Outcomes` has of them, money in cents, and the purses of the seed,
repeated in each of its rows."""


class LanesFile:
    """Takes chunk after chunk, keeps them on disk beside the file, and is there whole or not at all.

    Used by ``with``; `finish` makes the file. Raises KamsimError where DuckDB is missing or nothing can be written.
    """

    def __init__(self, file: Path) -> None:
        try:
            self._duckdb = import_module("duckdb")
        except ImportError:
            raise KamsimError("--out needs duckdb, which is not installed: pip install 'kamsim[classroom]'") from None
        if file.is_dir():
            raise KamsimError(f"{file} is a folder; --out names a file")
        self._file = file
        try:
            self._beside = TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent, ignore_cleanup_errors=True)
        except OSError as error:
            raise KamsimError(f"{file} cannot be written: {error.strerror}") from None
        settings = {**SETTINGS, "temp_directory": str(self._folder / "spill")}
        try:
            self._base = self._duckdb.connect(str(self._folder / "lanes.duckdb"), config=settings)
        except self._duckdb.IOException as error:
            self._beside.cleanup()
            raise KamsimError(f"{file} cannot be written: {' '.join(str(error).split())}") from None
        numbers = ", ".join(f'"{name}" DOUBLE' for name in COLUMNS)
        try:
            self._execute(f"CREATE TABLE lanes (seed BIGINT, quarter TINYINT, account VARCHAR, {numbers})")
        except KamsimError:
            self._close()
            raise

    @property
    def _folder(self) -> Path:
        return Path(self._beside.name)

    def add(self, outcomes: Outcomes) -> None:
        """Put the rows of a chunk aside."""
        shape = outcomes.nac.shape
        lane, quarter, account = (place.reshape(-1) for place in np.indices(shape))
        rows: dict[str, Any] = {"seed": np.array(outcomes.seeds)[lane], "quarter": quarter + 1, "account": account + 1}
        rows |= {name: np.ascontiguousarray(getattr(outcomes, name)).reshape(-1) for name in BOOKS}
        rows |= {name: getattr(outcomes.purses, name)[lane] for name in PURSES}
        numbers = ", ".join(f'"{name}"' for name in COLUMNS)
        self._base.register("chunk", rows)
        self._execute(
            f"INSERT INTO lanes SELECT seed, quarter, ($names)[account], {numbers} FROM chunk",  # noqa: S608  # our own
            {"names": list(outcomes.accounts)},
        )
        self._base.unregister("chunk")

    def finish(self) -> Path:
        """Make the file, in place of an older one."""
        whole = self._folder / "lanes.parquet"
        quoted = str(whole).replace("'", "''")
        self._execute(f"COPY lanes TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
        try:
            whole.replace(self._file)
        except OSError as error:
            raise KamsimError(f"{self._file} cannot be written: {error.strerror}") from None
        return self._file

    def _execute(self, statement: str, names: dict[str, list[str]] | None = None) -> None:
        try:
            self._base.execute(statement, names)
        except RuntimeError as error:  # how DuckDB tells of Ctrl-C in the middle of a statement
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from None
            raise
        except (
            self._duckdb.IOException,
            self._duckdb.OutOfMemoryException,
            self._duckdb.TransactionException,
        ) as error:
            raise KamsimError(f"{self._file} cannot be written: {' '.join(str(error).split())}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._base.close()
        self._beside.cleanup()
