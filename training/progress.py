"""How far a long task is, and how long it has yet to go: a bar, or, where it goes into a file, a line a minute."""

import sys

from accelerate import PartialState
from tqdm import tqdm


def progress_bar(what: str, steps: int, done: int = 0) -> tqdm:
    watched = sys.stderr.isatty()
    return tqdm(
        total=steps, initial=done, desc=what, file=sys.stderr, dynamic_ncols=watched, ascii=not watched,
        bar_format=None if watched else "{l_bar}{bar}{r_bar}\n",
        mininterval=0.5 if watched else 60, disable=not PartialState().is_main_process,
    )
