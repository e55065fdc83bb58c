"""The exit that computes for token 0 alone gives what FastBERT's attention over all tokens gives."""

import torch
from torch.nn import functional as F

from training.model import Architecture, Exit

ARCH = Architecture(100, 24, 2, 2, 48, 16, 1e-12, 3, exit_size=8, exit_heads=2, head_dim=12, exits=(0, 1, 2))


def attention_over_all(head: Exit, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """As its code does it: keys and values of every token, all queries, then the first is read."""
    x = torch.tanh(head.narrow(hidden))
    b, t, s = x.shape
    width = s // head.heads
    q, k, v = (m(x).view(b, t, head.heads, width).transpose(1, 2) for m in (head.query, head.key, head.value))
    scores = q @ k.transpose(-1, -2) / width**0.5
    scores = scores.masked_fill(~mask[:, None, None, :], -1e4)
    attended = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, s)
    return head.classify(torch.tanh(head.dense(head.out(attended)[:, 0])))


def test_one_query_is_enough():
    torch.manual_seed(0)
    head = Exit(ARCH)
    hidden = torch.randn(3, 7, 24)
    mask = torch.arange(7) < torch.tensor([[7], [4], [1]])
    bias = torch.zeros(3, 1, 1, 7).masked_fill(~mask[:, None, None, :], -1e4)
    assert torch.allclose(head(hidden, bias), attention_over_all(head, hidden, mask), atol=1e-5)


def test_padding_changes_nothing():
    torch.manual_seed(1)
    head = Exit(ARCH)
    hidden = torch.randn(1, 4, 24)
    padded = torch.cat([hidden, 100 * torch.randn(1, 3, 24)], 1)
    bias = torch.tensor([0, 0, 0, 0, -1e4, -1e4, -1e4]).view(1, 1, 1, 7)
    assert torch.allclose(head(hidden, torch.zeros(1, 1, 1, 4)), head(padded, bias), atol=1e-5)


def test_divergences_differ_by_direction_and_are_zero_on_the_teacher_itself():
    from training.losses import divergence

    teacher = torch.tensor([[2.0, 0.0, -1.0]])
    student = torch.tensor([[0.5, 0.2, 0.0]])
    pt, ps = teacher.softmax(-1), student.softmax(-1)
    assert torch.isclose(divergence(student, teacher, "forward"), (pt * (pt / ps).log()).sum())
    assert torch.isclose(divergence(student, teacher, "reverse"), (ps * (ps / pt).log()).sum())
    assert divergence(teacher, teacher, "forward").abs() < 1e-6


def test_joint_loss_is_least_where_all_exits_say_the_targets():
    from training.losses import joint_loss

    targets = torch.tensor([[0.9, 0.1]])
    right = targets.log().expand(3, 1, 2)
    wrong = right.clone()
    wrong[0] = torch.tensor([[0.1, 0.9]]).log()
    assert joint_loss(right, targets) < joint_loss(wrong, targets)
    entropy = F.cross_entropy(targets.log(), targets)
    assert torch.isclose(joint_loss(right, targets), entropy)
