"""Every system of the comparison: its name, its variant, and how it is made in a lab."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from ..model import EarlyExitModel
from .distil import WordHead, distil_loss
from .heads import HEADS
from .lab import Lab
from .layerdrop import layerdrop_loss
from .prune import importances, keep_heads, keep_neurons
from .static import static
from .theseus import theseus_loss

ALTERNATE = [0, 2, 4]
IMPORTANCE_TEXTS = 2000


@dataclass(frozen=True)
class System:
    system: str
    variant: str
    make: Callable[[Lab], EarlyExitModel]
    repeated: bool = False
    """Whether it is trained on the subset as well, with three seeds."""
    studied: bool = False
    """Whether its trajectories are kept beside the table, for the study of exits and thresholds."""
    ablation: bool = False
    """Whether it is a system's own question; settings may do without these."""
    packaged: bool = True
    """Whether it is measured as an int8 package; else in PyTorch, in float."""

    @property
    def name(self) -> str:
        return f"{self.system}-{self.variant}".replace(" ", "-")


def fastbert(learn: str, direction: str) -> Callable[[Lab], EarlyExitModel]:
    def make(lab: Lab) -> EarlyExitModel:
        return lab.students(f"students-{learn}-{direction}", lab.teacher(), learn, direction)

    return make


def unlabelled(lab: Lab) -> EarlyExitModel:
    """Backbone tuned on 1,000 labels; students distilled on the other rows, whose labels are not read."""
    order = torch.randperm(len(lab.train), generator=torch.Generator().manual_seed(lab.seed)).numpy()
    few, rest = lab.train.some(order[:1000]), lab.train.some(order[1000:])
    model = lab.fit("teacher-1000", lab.backbone(), "teacher", texts=few, epochs=10)
    return lab.fit("students-unlabelled", model, "students", texts=rest, learn="teacher", direction="forward")


def other_heads(head: str) -> Callable[[Lab], EarlyExitModel]:
    """FastBERT's students with another head; the teacher keeps its own."""

    def make(lab: Lab) -> EarlyExitModel:
        model = lab.teacher()
        torch.manual_seed(lab.seed)
        for number in model.arch.exits[:-1]:
            model.exits[str(number)] = HEADS[head](model.arch)
        return lab.students(f"students-{head}".replace(" ", "-"), model, "teacher", "forward")

    return make


def joint(lab: Lab) -> EarlyExitModel:
    return lab.fit("joint", lab.backbone(), "joint")


def truncate(layers: int) -> Callable[[Lab], EarlyExitModel]:
    def make(lab: Lab) -> EarlyExitModel:
        small = static(lab.backbone(), range(layers), lab.settings["dropout"])
        return lab.fit(f"truncate-{layers}", small, "teacher")

    return make


def whole(lab: Lab) -> EarlyExitModel:
    """All six layers and the last exit: FastBERT's teacher, never left early."""
    return static(lab.teacher(), range(6), 0.0)


def distilbert(left_out: str) -> Callable[[Lab], EarlyExitModel]:
    """Distilled, then fine-tuned on labels. left_out: the loss that an ablation does without, or ""."""

    def make(lab: Lab) -> EarlyExitModel:
        name, teacher = f"distil-without-{left_out or 'nothing'}", lab.teacher()
        student = static(teacher, ALTERNATE, lab.settings["dropout"])
        student.word_head = WordHead(student)
        loss = distil_loss(teacher, ALTERNATE, student.word_head, lab.train.mask_token, left_out)
        lab.fit(name, student, "distil", loss)
        del student.word_head
        return lab.fit(f"{name}-tuned", student, "teacher", epochs=1)

    return make


def theseus(reading: str) -> Callable[[Lab], EarlyExitModel]:
    """Replacement, then the successor alone."""

    def make(lab: Lab) -> EarlyExitModel:
        predecessor = lab.teacher()
        successor = static(predecessor, range(3), lab.settings["dropout"])
        loss = theseus_loss(predecessor, lab.train.labels, reading)
        lab.fit(f"theseus-{reading}", successor, "layers", loss)
        return lab.fit(f"theseus-{reading}-tuned", successor, "layers")

    return make


def extract(layers: list[int]) -> Callable[[Lab], EarlyExitModel]:
    """Theseus' negative experiment: layers of the tuned predecessor, without any more training."""
    return lambda lab: static(lab.teacher(), layers, 0.0)


def layerdrop(tuned: bool) -> Callable[[Lab], EarlyExitModel]:
    def make(lab: Lab) -> EarlyExitModel:
        whole = static(lab.backbone(), range(6), lab.settings["dropout"])
        lab.fit("layerdrop", whole, "teacher", layerdrop_loss(lab.train.labels))
        half = static(whole, ALTERNATE, lab.settings["dropout"])
        return lab.fit("layerdrop-tuned", half, "teacher") if tuned else half

    return make


def prune(what: str, share: float) -> Callable[[Lab], EarlyExitModel]:
    """Cut by gradient importance out of the tuned teacher, then tuned again."""

    def make(lab: Lab) -> EarlyExitModel:
        dropout = lab.settings["dropout"]
        whole = static(lab.teacher(), range(6), dropout)
        heads, neurons = importances(whole, lab.train.some(range(IMPORTANCE_TEXTS)))
        if what == "heads":
            small = keep_heads(whole, heads, round(share * heads.shape[1]), dropout)
        else:
            small = keep_neurons(whole, neurons, round(share * neurons.shape[1]), dropout)
        return lab.fit(f"prune-{what}-{share:g}", small, "teacher")

    return make


SYSTEMS = [
    System("truncate", "6 layers", whole),
    System("truncate", "3 layers", truncate(3), repeated=True),
    System("truncate", "2 layers", truncate(2)),
    System("truncate", "1 layer", truncate(1)),
    System("fastbert", "KL(teacher, student)", fastbert("teacher", "forward"), repeated=True, studied=True),
    System("joint", "one threshold", joint, repeated=True, studied=True),
    System("distilbert", "three losses", distilbert(""), repeated=True),
    System("theseus-bernoulli", "3 layers", theseus("bernoulli"), repeated=True),
    System("theseus-proportional", "3 layers", theseus("proportional"), repeated=True),
    System("extract", "layers 1 3 5", extract([0, 2, 4])),
    System("extract", "layers 2 4 6", extract([1, 3, 5])),
    System("extract", "layers 1 2 3", extract([0, 1, 2])),
    System("layerdrop", "every other layer", layerdrop(tuned=False)),
    System("layerdrop", "every other layer tuned", layerdrop(tuned=True)),
    System("prune-ffn", "half of the neurons", prune("ffn", 1 / 2)),
    System("prune-ffn", "a quarter of the neurons", prune("ffn", 1 / 4)),
    System("prune-heads", "half of the heads", prune("heads", 1 / 2)),
    System("prune-heads", "a quarter of the heads", prune("heads", 1 / 4)),
    System("fastbert", "KL(student, teacher)", fastbert("teacher", "reverse"), ablation=True),
    System("fastbert", "students on labels", fastbert("labels", "forward"), ablation=True),
    System("fastbert", "students on both", fastbert("both", "forward"), ablation=True),
    System("fastbert", "1000 labels", unlabelled, ablation=True),
    *(System("fastbert", f"head {head}", other_heads(head), ablation=True, packaged=False) for head in HEADS),
    System("truncate", "3 layers, float", truncate(3), packaged=False),
    System("distilbert", "three losses, float", distilbert(""), packaged=False),
    System("joint", "one threshold, float", joint, packaged=False),
    System("distilbert", "without soft targets", distilbert("soft"), ablation=True),
    System("distilbert", "without masked words", distilbert("masked"), ablation=True),
    System("distilbert", "without cosine", distilbert("cosine"), ablation=True),
]
