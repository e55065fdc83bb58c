"""Whether a package is whole, and what it is, in a few lines."""

import json
from pathlib import Path

from .card import class_names, curve
from .package import Package, read_part, weight_bytes
from .place import SHARDS


PUBLIC = Path("public")
"""What the page is served with, in the repository."""


def next_steps(folder: Path) -> str:
    """What to do with a package that was just made."""
    if folder.resolve().is_relative_to(PUBLIC.resolve()):
        address = folder.resolve().relative_to(PUBLIC.resolve()).as_posix()
        return f"Next: npm start, and open the address that it prints with ?model={address} behind it."
    return (f"Next: put {folder} and {folder.parent / SHARDS} beside each other where your page is served; the address of "
            f"{folder.name} is what pipeline() takes (docs/guide.md).")


def describe(folder: Path) -> str:
    """Raises PackageError, which names the file, for a package that is not whole; FileNotFoundError for none at all."""
    if not (folder / "manifest.json").exists():
        raise FileNotFoundError(f"{folder} holds no package: there is no manifest.json in it")
    package = Package.open(folder)
    manifest = package.manifest
    for part in (*manifest["templates"].values(), manifest["tokenizer_config"]):
        read_part(folder, part)
    arch = package.arch
    lines = [
        f"{folder}: whole",
        f"{manifest['name']} ({manifest['format']}), made by `{manifest['training']['recipe']}`, license {manifest['license']}",
        "no labels: an encoder that teach() puts exits on" if package.is_backbone else class_names(manifest),
        f"{arch.num_hidden_layers} layers of {arch.hidden_size}, {exits_of(package)}",
        f"{arch.vocab_size:,} word pieces; reads {reads(manifest)} tokens of a text; weights {weight_bytes(manifest) / 1e6:.1f} MB",
    ]
    return "\n".join(lines if package.is_backbone else [*lines, *figures(manifest, json.loads(read_part(folder, manifest["calibration"])))])


def reads(manifest: dict) -> str:
    return f"{manifest['windows']} windows of {manifest['max_tokens']}" if "windows" in manifest else manifest["max_tokens"]


def exits_of(package: Package) -> str:
    if package.is_backbone:
        return "no exits"
    if package.taught:
        return f"taught exits {', '.join(map(str, package.exits))}" + (", and words" if package.taught.words else "")
    return f"exits {', '.join(map(str, package.exits))}" + (", n-grams beside exit 0" if package.ngrams else "") + ("; the last is the classification head it came with" if package.arch.head_act else "")


def figures(manifest: dict, calibration: dict) -> list[str]:
    model = manifest.get("gold") == "model"
    return [
        f"on {calibration['split']}, n = {calibration['n']}, {'agreement with the model it was made from' if model else 'accuracy'} by speed:",
        *(f"  {speed:3g}  {100 * share:5.1f} %  {depth:5.2f} layers" for speed, share, _, depth in curve(calibration, [0, 0.1, 0.3, 0.5, 0.8])),
    ]
