"""What a package's exits say of its dev set, measured and written: calibration.json, its entry in
the manifest, and the model card.

The browser turns a pace into thresholds by it (`src/core/schedule.ts`), so it is to be measured again
whenever the arithmetic changes.
"""

import json
from pathlib import Path

from .card import write_card
from .data import Labelled, read_task, read_tsv
from .package import Package, put, trajectories_of


def calibrate(package: Package, dev: Labelled) -> None:
    """Measures and writes; the manifest, without which there is no package, last. The card's test figures
    go, as they may be of other arithmetic: `evaluate --card` measures and writes them again."""
    folder, manifest = package.folder, package.manifest
    calibration = trajectories_of(package.trajectories(dev.texts), dev.labels, "dev")
    table = json.dumps(calibration, separators=(",", ":"))
    manifest["calibration"] = put(table.encode(), folder, "calibration.json")
    write_card(folder, manifest, calibration, None)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def calibrate_package(folder: Path, data: Path) -> None:
    """data: the dev rows, a table, or the folder that the package's recipe takes them from."""
    package = Package(folder)
    names = package.manifest["labels"]
    if data.is_dir():
        dev = read_task(package.manifest["training"] | {"labels": names}, data).dev
    else:
        dev = read_tsv(data, names, package.sets)
    package.sets = dev.sets  # answers are numbered as the rows' labels are
    calibrate(package, dev)
