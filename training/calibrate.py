"""What a package's exits say of its dev set, measured and written: calibration.json, its entry in
the manifest, and the model card. And tokenizer.json, by which the texts were read.

The browser turns a pace into thresholds by it (`src/core/schedule.ts`), so it is to be measured again
whenever the arithmetic changes, or how texts are read (`normalise`).
"""

import json
from pathlib import Path

from .card import write_card
from .data import Labelled, read_task
from .normalise import normalised
from .package import Package, put, trajectories_of


def calibrate(package: Package, dev: Labelled) -> None:
    """Measures and writes; the manifest, without which there is no package, last. The card's test figures
    go, as they may be of other arithmetic: `evaluate --card` measures and writes them again."""
    folder, manifest = package.folder, package.manifest
    calibration = trajectories_of(package.trajectories(dev.texts), dev.labels, "dev")
    table = json.dumps(calibration, separators=(",", ":"))
    manifest["tokenizer"] = put(package.tokenizer.to_str().encode(), folder, "tokenizer.json")
    manifest["calibration"] = put(table.encode(), folder, "calibration.json")
    write_card(folder, manifest, calibration, None)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def calibrate_package(folder: Path, data: Path) -> None:
    """data: the dev rows, a table, or the folder that the package's recipe takes them from."""
    package = Package(folder)
    package.tokenizer = normalised(package.tokenizer)  # it may be of an older package
    names = package.manifest["labels"]
    if package.taught:
        raise ValueError(f"{folder} was taught in a page, and its figures are by leave-one-out; teach it again there")
    if package.manifest.get("gold") == "model":
        raise ValueError(f"{folder} was made by adopt: what is right is what its model says; run adopt again")
    if data.is_dir():
        recipe = package.manifest["training"] | {"labels": names}
        dev = read_task(recipe, data).dev
        package.expect(dev.texts, data / recipe.get("train_file", "train.tsv"))
    else:
        dev = package.rows(data)
    package.sets = dev.sets  # answers are numbered as the rows' labels are
    calibrate(package, dev)
