"""Writes e2e/models/adopted: `python training/tests/adopted_fixture.py`, from the repository's root.

A small ELECTRA at random as transformers saves it, with its own classification head, embeddings narrower
than its layers and GELU by tanh. What Python says of its texts stands in its calibration.json; browsers
must say the same.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from test_families import save
from training.adopt import classes_of, model_of, opinions
from training.export import export
from training.families import Source
from training.recipe import tokenizer_config

TEXTS = ["A gripping, funny film.", "Two hours of my life, gone.", "The plot is thin, the jokes are old", "Short.", ""]

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        source = Source(save(Path(folder) / "electra", "electra", embedding_size=16, hidden_act="gelu_new"))
        names, problem_type = classes_of(source)
        model = model_of(source, len(names))
        model.embeddings.round()
        recipe = {"recipe": "adopt", "adopted": "electra", "package": "adopted", "task": "none", "license": "MIT",
                  "labels": names, "max_tokens": 64, "batch_size": 1, "stages": []}
        dev = opinions(model, source.tokenizer, TEXTS, 64, None)
        out = Path("e2e/models/adopted")
        export(model, source.tokenizer, recipe, source.config, tokenizer_config(source.folder), dev, out)
    (out / "README.md").unlink()  # the card of a model that learned something
