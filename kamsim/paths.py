"""What is installed: where the data that ships with kamsim lies (beside the package in a checkout, inside it when
installed), where logs go, and which version this is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def data_folder(kind: Literal["scenarios", "assets"]) -> Path:
    """The folder of shipped ``scenarios`` or ``assets``.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / kind, package.parent / kind):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"this installation of kamsim has no {kind} folder; install it again")


def log_folder() -> Path:
    """Where session logs go unless the player says otherwise. Created when first written to."""
    from platformdirs import user_data_path

    return user_data_path("kamsim", appauthor=False) / "logs"


def drill_folder() -> Path:
    """Where the logs of drills go unless the player says otherwise. Created when first written to."""
    from platformdirs import user_data_path

    return user_data_path("kamsim", appauthor=False) / "drills"


def version() -> str:
    """The installed kamsim's version; a checkout that was never installed has none."""
    from importlib import metadata

    try:
        return metadata.version("kamsim")
    except metadata.PackageNotFoundError:
        return "0+checkout"
