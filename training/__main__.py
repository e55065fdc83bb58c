"""Makes early-exit models, and packages of them that fastbert-web runs in the browser.

Of your own:
  adopt      a classifier that you have, as it is, made to leave early; without labels
  fit        labelled texts into a package
  check      whether a package is whole, and what it is
  evaluate   how often a package is right, by speed, on labelled texts

The others make and measure the packages of this project. `python -m training COMMAND --help` says more of each;
docs/models-of-your-own.md shows the way from a model or texts to a page.
"""

import argparse
import json
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)

    train = command(commands, "train", "run a recipe; a stopped run goes on where it was")
    build = command(commands, "build", "train what is not trained yet, and make the package")
    for made in (train, build):
        made.add_argument("recipe", help="name of a file in training/configs, without .toml")
        made.add_argument("--data", type=Path, required=True, help="folder with train.tsv and dev.tsv")
        made.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints and logs go (default ./runs)")
    build.add_argument("--out", type=Path, required=True, help="folder of the package, e.g. public/models/sst2")

    fit = command(commands, "fit", "your own labelled texts into a package, in one command", """
A table of some hundred rows or more, with columns label and text, becomes a package that the page shows and
pipeline() loads: checked line by line, a tenth kept for dev, trained, held against PyTorch, measured.

    python -m training fit --data comments.csv --out public/models/comments
    python -m training check public/models/comments
    npm start                     # then open /?model=models/comments

No labels? If there is a classifier that gives them: python -m training adopt --help
"""
    )
    fit.add_argument("--data", type=Path, required=True,
                     help="a table (docs/tables.md) with columns label and text, and text_pair where two texts are read together")
    fit.add_argument("--out", type=Path, required=True, help="folder of the package, e.g. public/models/my-task")
    fit.add_argument("--multi-label", action="store_true", help="any number of labels a text, with | between them")
    fit.add_argument("--dev", type=Path, help="rows to choose and calibrate on; else a tenth of --data is kept for it")
    fit.add_argument("--backbone", type=Path, help="a folder that transformers saved, of a family that adopt takes (BERT, …, CamemBERT); else all-MiniLM-L6-v2")
    fit.add_argument("--recipe", choices=("joint", "fastbert", "closed"), default="joint",
                     help="joint (the default): all layers and exits together; fastbert: the last exit first, then the others learn from it, as the paper does; "
                          "closed: nothing is trained, heads in closed form on the encoder as it is, in seconds, for few rows (up to 500 they are tried anyway, and told)")
    fit.add_argument("--unlabelled", type=Path, help="more texts, for the exits before the last to learn on: a .csv or .tsv with a column text, or any other file, one a line (of pairs with a tab between)")
    fit.add_argument("--windows", type=windows, default=1, metavar="N",
                     help="for long texts: read one of more than 64 tokens in up to N windows, e.g. 32, instead of as a whole. What is said of them adds up")
    fit.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints and logs go; a stopped run of the same inputs goes on (default ./runs)")
    fit.add_argument("--seed", type=int, default=1, help="of the first weights and the order of texts; another gives another run (default 1)")

    adopt = command(commands, "adopt", "a classifier as it is, made to leave early; without labels", """
A classifier that transformers saved (BERT, DistilBERT, ELECTRA, RoBERTa, XLM-RoBERTa, CamemBERT) keeps its layers,
its head and its answers; exits before the last learn its opinions of the texts. The figures tell agreement with it.

    python -m training adopt --model my-model/ --texts texts.txt --out public/models/mine
    python -m training check public/models/mine
    npm start                     # then open /?model=models/mine

texts.txt: some thousands of texts like those that it will read, one a line, without labels.
"""
    )
    adopt.add_argument("--model", required=True, help="a folder that transformers saved, or an id on the model hub")
    adopt.add_argument("--texts", type=Path, help="some thousands of texts like those it will read: one a line, or a .csv or .tsv with a column text, and text_pair where it reads two together")
    adopt.add_argument("--out", type=Path, required=True, help="folder of the package, e.g. public/models/mine")
    adopt.add_argument("--data", type=Path, help="labelled texts, if there are any: tells how right the model is, too")
    adopt.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints and logs go; a stopped run of the same inputs goes on (default ./runs)")
    adopt.add_argument("--seed", type=int, default=1, help="of the choice of texts to measure on, the first weights and the order; another gives another run (default 1)")

    general = command(commands, "general", "an encoder as it is, without labels, for pages that teach it theirs")
    general.add_argument("--out", type=Path, required=True, help="folder of the package, e.g. public/models/general")
    general.add_argument("--backbone", type=Path, help="a BERT folder as transformers saves it; else all-MiniLM-L6-v2")
    general.add_argument("--texts", type=Path, help="some dozens of texts like those that it will read, one a line; else sentences of all kinds")

    mix = command(commands, "mix", "a multi-label task out of CLINC150: texts that ask for several things at once")
    mix.add_argument("--data", type=Path, required=True, help="folder of clinc150")
    mix.add_argument("--out", type=Path, required=True, help="folder for train.tsv, dev.tsv and test.tsv")
    mix.add_argument("--labels", help="comma-separated intents; else all 150")

    compare = command(commands, "compare", "train and measure what early exit is compared with")
    compare.add_argument("settings", help="name of a file in training/configs/compare, without .toml")
    compare.add_argument("--data", type=Path, required=True, help="folder with train.tsv, dev.tsv and test.tsv")
    compare.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints and packages go (default ./runs)")
    compare.add_argument("--rows", type=int, default=0, help="train on a seeded choice of so many rows; 0 for all")
    compare.add_argument("--seeds", type=int, default=1, help="how often; with more, only the systems that are repeated")

    calibrate = command(commands, "calibrate", "measure a package's dev set anew: calibration, manifest, card, and its tokenizer brought up to date")
    calibrate.add_argument("--model", type=Path, required=True, help="folder of the package")
    calibrate.add_argument("--data", type=Path, required=True, help="a table of dev rows (docs/tables.md), or the folder that its recipe takes them from")

    ngrams = command(commands, "ngrams", "give exit 0 of a recipe's package a table of n-grams, which fit and adopt do by themselves")
    ngrams.add_argument("--model", type=Path, required=True, help="folder of the package")
    ngrams.add_argument("--data", type=Path, required=True, help="the folder that its recipe takes its rows from")

    evaluate = command(commands, "evaluate", "accuracy and depth of a package on labelled texts, by speed", """
In the arithmetic of the browser's WASM engine; what comes out is JSON.

    python -m training evaluate --model public/models/mine --data labelled.csv --speed 0,0.3,0.5
"""
    )
    evaluate.add_argument("--model", type=Path, required=True, help="folder of the package")
    evaluate.add_argument("--data", type=Path, required=True, help="a table with columns label and text (docs/tables.md)")
    evaluate.add_argument("--speed", default="0,0.1,0.3,0.5,0.8", help="thresholds from 0 to 1, with commas between (default 0,0.1,0.3,0.5,0.8)")
    evaluate.add_argument("--trajectories", type=Path, help="write what each exit says of each row, for `npm run evaluate -- --reference`")
    evaluate.add_argument("--out-of-scope", type=Path, help="a table of texts of no class: how well uncertainty tells them apart")
    evaluate.add_argument("--card", action="store_true", help="put the figures into the package's README.md")

    check = command(commands, "check", "whether a package is whole, and what it is")
    check.add_argument("model", type=Path, help="folder of the package")

    gates = command(commands, "gates", "ways to decide whether a text may leave, at equal mean depth")
    gates.add_argument("--model", type=Path, required=True, help="folder of the package")
    gates.add_argument("--data", type=Path, required=True, help="folder of the task's data, with test.tsv")
    gates.add_argument("--out", type=Path, required=True, help="e.g. training/results/sst2-gates.json")

    whole = command(commands, "whole", "a package's model as one graph, as transformers.js takes it, for the benchmark")
    litert = command(commands, "litert", "a package's model as LiteRT.js takes it, for the benchmark; needs training/litert.txt")
    for graph in (whole, litert):
        graph.add_argument("--model", type=Path, required=True, help="folder of the package")
        graph.add_argument("--out", type=Path, required=True, help="e.g. bench/whole/sst2")

    arguments = parser.parse_args()
    try:
        run(arguments)
    except ValueError as error:  # bad input; anything else is our fault, with its trace
        parser.exit(2, f"{error}\n")
    except OSError as error:
        parser.exit(2, f"{error.filename}: {error.strerror}; check the path\n" if error.filename else f"{error}\n")


def command(commands, name: str, what: str, example: str = "") -> argparse.ArgumentParser:
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.\n{example}",
                               formatter_class=argparse.RawDescriptionHelpFormatter)


def windows(value: str) -> int:
    if not value.isdecimal() or int(value) < 2:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of windows; give one from 2 on, e.g. 32")
    return int(value)


def run(arguments: argparse.Namespace) -> None:
    if arguments.command == "evaluate":
        from .evaluate import evaluate_package, parse_speeds

        result = evaluate_package(arguments.model, arguments.data, parse_speeds(arguments.speed),
                                  arguments.trajectories, arguments.out_of_scope)
        print(json.dumps(result, indent=1))
        if arguments.card:
            from .card import write_card

            manifest, calibration = (
                json.loads((arguments.model / f"{name}.json").read_text(encoding="utf-8"))
                for name in ("manifest", "calibration")
            )
            write_card(arguments.model, manifest, calibration, result)
        return
    if arguments.command == "check":
        from .describe import describe

        print(describe(arguments.model))
    if arguments.command == "calibrate":
        from .calibrate import calibrate_package

        calibrate_package(arguments.model, arguments.data)
    if arguments.command == "ngrams":
        from .first_exit import add_ngrams

        add_ngrams(arguments.model, arguments.data)
        tell(arguments.model)
    if arguments.command == "gates":
        from .compress.results import write_table
        from .data import read_task
        from .package import Package
        from .study.gates import study_gates

        package = Package.open(arguments.model)
        task = read_task(package.manifest["training"] | {"labels": package.manifest["labels"]}, arguments.data)
        rows = study_gates(package, task.dev, package.rows(arguments.data / "test.tsv"))
        write_table(arguments.out, rows)
    if arguments.command == "whole":
        from .whole import write_whole

        write_whole(arguments.model, arguments.out)
    if arguments.command == "litert":
        from .litert import write_litert

        write_litert(arguments.model, arguments.out)
    if arguments.command == "fit":
        from .fit import Order, fit

        if fit(Order(**{k: v for k, v in vars(arguments).items() if k != "command"})):
            tell(arguments.out)
    if arguments.command == "adopt":
        from .adopt import Order, adopt

        adopt(Order(**{k: v for k, v in vars(arguments).items() if k != "command"}))
        tell(arguments.out)
    if arguments.command == "general":
        from .general import export_general

        export_general(arguments.out, arguments.backbone, arguments.texts)
    if arguments.command == "compare":
        from .compress.compare import compare

        compare(arguments.settings, arguments.data, arguments.runs, arguments.rows, arguments.seeds)
    if arguments.command == "mix":
        from .mix import mix

        mix(arguments.data, arguments.out, arguments.labels and arguments.labels.split(","))
    if arguments.command == "train":
        from .recipe import train_recipe

        train_recipe(arguments.recipe, arguments.data, arguments.runs)
    if arguments.command == "build":
        from .export import export_recipe

        export_recipe(arguments.recipe, arguments.data, arguments.runs, arguments.out)


def tell(made: Path) -> None:
    from .describe import describe, next_steps

    print(describe(made), next_steps(made), sep="\n")


if __name__ == "__main__":
    main()
