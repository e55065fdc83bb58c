"""An adopted package held against the model that it was made of, on labelled texts.

    python -m training.study.adopted --model my-model/ --package public/models/mine --data test.tsv

Says how far the model's probabilities are from those of transformers, both in float (of 500 texts); how right
transformers is; and how right the package is, as the browser computes it, at its last exit and at mean depths: of
the speeds 0, 0.01, … the slowest that stays within the depth, which takes no labels.
Needs `pip install './training[test]'`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from ..adopt import classes_of, longest_input, model_of, unlabelled
from ..families import Source
from ..package import Package
from ..texts import are_pairs, encode
from ..train import predict
from .depths import slowest_within

COMPARED = 500
BATCH = 32


def say(folder: Path, texts: list, longest: int) -> torch.Tensor:
    """Probabilities [texts, labels] by transformers."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    said = []
    with torch.no_grad():
        for at in range(0, len(texts), BATCH):
            part = texts[at : at + BATCH]
            pairs = list(zip(*part)) if are_pairs(part) else [part]
            read = tokenizer(*map(list, pairs), padding=True, truncation=True, max_length=longest, return_tensors="pt")
            said.append(model(**read).logits.softmax(-1))
    return torch.cat(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--said", type=Path, help="gets the texts with transformers' labels, for `npm run evaluate -- --data`")
    parser.add_argument("--depths", default="6,5,4,3", help="mean depths, in layers")
    given = parser.parse_args()

    source, package = Source(given.model), Package(given.package)
    rows = package.rows(given.data)
    gold, n = np.array(rows.labels), len(rows)
    model = model_of(source, len(classes_of(source)[0]), are_pairs(rows.texts))
    longest = longest_input(source, model)

    wanted = say(given.model, rows.texts, longest)
    some = unlabelled(source.tokenizer, rows.texts[:COMPARED], longest, None)
    apart = (predict(model, some)[-1].softmax(-1) - wanted[:COMPARED]).abs().max()
    theirs = wanted.argmax(-1).numpy()
    print(f"probabilities in float, {len(some)} texts: at most {apart:.1e} from those of transformers")
    print(f"right: transformers, in float, on {100 * (theirs == gold).mean():.2f} % of {n}")

    if given.said:
        columns = ["text", "text_pair"] if are_pairs(rows.texts) else ["text"]
        cells = rows.texts if are_pairs(rows.texts) else [(text,) for text in rows.texts]
        labels = package.manifest["labels"]
        lines = ["\t".join(("label", *columns)), *("\t".join((labels[said], *row)) for said, row in zip(theirs, cells))]
        given.said.write_text("\n".join(lines) + "\n", encoding="utf-8")

    seen = package.trajectories(rows.texts)
    for exit, said in zip(seen.numbers, seen.predictions):
        print(f"exit {exit:2d}: right on {100 * (said == gold).mean():.2f} %, as transformers on {100 * (said == theirs).mean():.2f} %")
    for depth in map(float, given.depths.split(",")):
        speed, said, exits = slowest_within(seen, depth)
        right = 100 * (said == gold).mean()
        print(f"at most {depth:g} layers: speed {speed:.2f}, {exits.mean():.2f} layers, right on {right:.2f} %, "
              f"{100 * (theirs == gold).mean() - right:+.2f} points lost; as transformers on {100 * (said == theirs).mean():.2f} %")


if __name__ == "__main__":
    main()
