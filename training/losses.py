"""What each stage of a recipe minimises. All take the logits of every exit [E, B, N] and give a scalar."""

import torch
import torch.nn.functional as F
from torch import Tensor


def each_label(logits: Tensor, chosen: Tensor) -> tuple[Tensor, Tensor]:
    """A multi-label task as one task of two classes a label, for the losses below: logits [E, B, N]
    and which labels are right [B, N] as logits [E, B·N, 2] and targets [B·N, 2]. (The sigmoid of z is
    the softmax of 0 and z.)"""
    pairs = torch.stack([torch.zeros_like(logits), logits], -1)
    return pairs.flatten(1, 2), torch.stack([1 - chosen, chosen], -1).flatten(0, 1)


def log_loss(logits: Tensor, targets: Tensor, multi_label: bool) -> Tensor:
    """logits, targets [B, N]: of classes a distribution, of labels how likely each is."""
    if multi_label:
        return F.binary_cross_entropy_with_logits(logits, targets, reduction="none").sum(-1).mean()
    return F.cross_entropy(logits, targets)


def teacher_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy of the last exit alone: FastBERT's first stage."""
    return F.cross_entropy(logits[-1], labels)


def divergence(student: Tensor, teacher: Tensor, direction: str) -> Tensor:
    """KL between two exits' distributions, mean over the batch; the teacher gets no gradient.

    "forward" is KL(teacher ‖ student), what FastBERT's code computes; "reverse" is
    KL(student ‖ teacher), what its paper prints (section 3.2.2).
    """
    ps, pt = F.log_softmax(student, -1), F.log_softmax(teacher.detach(), -1)
    if direction == "forward":
        return F.kl_div(ps, pt, log_target=True, reduction="batchmean")
    return F.kl_div(pt, ps, log_target=True, reduction="batchmean")


def students_loss(logits: Tensor, labels: Tensor, learn: str, direction: str) -> Tensor:
    """FastBERT's second stage, on a frozen backbone. learn: "teacher" is its self-distillation, which
    needs no labels; "labels" is cross-entropy with the true ones instead; "both" is their sum."""
    total = torch.zeros(())
    for student in logits[:-1]:
        if learn in ("teacher", "both"):
            total = total + divergence(student, logits[-1], direction)
        if learn in ("labels", "both"):
            total = total + F.cross_entropy(student, labels)
    return total


def joint_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Every exit learns from the targets [B, N], and every student from the last exit as well.

    Targets are distributions: of labels, of a tutor, or between the two. Exit i weighs
    max(i, 1) (PABEE's weights, Zhou et al., 2020), normalised to one.
    """
    weights = [max(i, 1) for i in range(len(logits))]
    total = 0.0
    for i, (weight, own) in enumerate(zip(weights, logits)):
        loss = F.cross_entropy(own, targets)
        if i < len(logits) - 1:
            loss = loss + divergence(own, logits[-1], "forward")
        total = total + weight * loss
    return total / sum(weights)
