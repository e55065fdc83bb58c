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
from .place import beside, clear_away, copy_files, is_package


def calibrate(package: Package, dev: Labelled) -> None:
    """Measures and writes into the package's folder, one that nobody reads yet. The card's test figures go, as they
    may be of other arithmetic: `evaluate --card` measures and writes them again."""
    folder, manifest = package.folder, package.manifest
    calibration = trajectories_of(package.trajectories(dev.texts), dev.labels, "dev")
    table = json.dumps(calibration, separators=(",", ":"))
    manifest["tokenizer"] = put(package.tokenizer.to_str().encode(), folder, "tokenizer.json")
    manifest["calibration"] = put(table.encode(), folder, "calibration.json")
    write_card(folder, manifest, calibration, None)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def calibrate_package(folder: Path, data: Path) -> None:
    """data: the dev rows, a table, or the folder that the package's recipe takes them from. The package stays as it
    is until all is measured and written beside it."""
    clear_away(folder)
    if not is_package(folder):
        raise ValueError(f"{folder} holds no package: there is no manifest.json of one in it")
    with beside(folder) as place:
        package = Package.open(folder)
        dev = dev_rows(package, data)
        package.tokenizer = normalised(package.tokenizer)  # it may be of an older package
        package.sets = dev.sets  # answers are numbered as the rows' labels are
        copy_files(folder, place)
        package.folder = place
        calibrate(package, dev)


def dev_rows(package: Package, data: Path) -> Labelled:
    manifest = package.manifest
    if manifest["training"]["recipe"] == "teach":
        raise ValueError(f"{package.folder} was taught in a page, and its figures are by leave-one-out; teach it again there")
    if manifest.get("gold") == "model":
        raise ValueError(f"{package.folder} was made by adopt: what is right is what its model says; run adopt again")
    if not data.is_dir():
        return package.rows(data)
    recipe = manifest["training"] | {"labels": manifest["labels"]}
    dev = read_task(recipe, data).dev
    package.expect(dev.texts, data / recipe.get("train_file", "train.tsv"))
    return dev
