"""DistilBERT's three losses (Sanh et al., 2019, section 3; its published weights 5, 2 and 1).

There they pre-train on Wikipedia and books; here, on a task's own texts: soft targets are the
teacher's classes instead of its words. The student reads what the teacher reads.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data import Batch
from ..model import EarlyExitModel
from ..train import Loss

TEMPERATURE = 2.0
WEIGHTS = {"soft": 5.0, "masked": 2.0, "cosine": 1.0}
MASKED = 0.15


class WordHead(nn.Module):
    """BERT's masked-language head on the frozen word vectors: hidden [m, H] → words [m, V]."""

    def __init__(self, model: EarlyExitModel):
        super().__init__()
        size = model.arch.hidden_size
        self.dense, self.norm = nn.Linear(size, size), nn.LayerNorm(size)
        self.bias = nn.Parameter(torch.zeros(model.arch.vocab_size))

    def forward(self, hidden: Tensor, words: Tensor) -> Tensor:
        return self.norm(F.gelu(self.dense(hidden))) @ words.to(hidden.dtype).T + self.bias


def masked(batch: Batch, mask_token: int, vocab_size: int) -> tuple[Tensor, Tensor]:
    """(ids with masked tokens [B, T], where they are [B, T]): BERT's 80 % [MASK], 10 % a random
    word, 10 % unchanged, of 15 % of the tokens but [CLS] and [SEP]."""
    shape, device = batch.ids.shape, batch.ids.device
    places = torch.arange(shape[1], device=device)
    inside = (places > 0) & (places < batch.mask.sum(1, keepdim=True) - 1)
    chosen = inside & (torch.rand(shape, device=device) < MASKED)
    kind = torch.rand(shape, device=device)
    random = torch.randint(1000, vocab_size, shape, device=device)
    ids = torch.where(chosen & (kind < 0.8), mask_token, batch.ids)
    return torch.where(chosen & (kind >= 0.9), random, ids), chosen


def distil_loss(teacher: EarlyExitModel, taken: list[int], head: WordHead, mask_token: int, left_out: str) -> Loss:
    """taken: the teacher's layers that the student's began as, whose outputs they should go on giving.
    left_out: one of WEIGHTS, or "" for all three losses."""
    teacher.eval()

    def loss(student: EarlyExitModel, batch: Batch, _: float) -> Tensor:
        teacher.to(batch.ids.device)
        ids, chosen = batch.ids, torch.zeros_like(batch.mask)
        if left_out != "masked":
            ids, chosen = masked(batch, mask_token, student.arch.vocab_size)
        with torch.no_grad():
            theirs, bias = teacher.hidden_states(ids, batch.mask)
            wanted = teacher.teacher(theirs[-1], bias).float()
        ours, bias = student.hidden_states(ids, batch.mask)
        parts = {}
        said = student.teacher(ours[-1], bias).float()
        parts["soft"] = TEMPERATURE**2 * F.kl_div(
            F.log_softmax(said / TEMPERATURE, -1), F.softmax(wanted / TEMPERATURE, -1), reduction="batchmean"
        )
        if chosen.any():
            words = head(ours[-1][chosen], student.embeddings.words).float()
            parts["masked"] = F.cross_entropy(words, batch.ids[chosen])
        alike = [F.cosine_similarity(o[batch.mask], theirs[t + 1][batch.mask].float(), dim=-1).mean()
                 for o, t in zip(ours[1:], taken)]
        parts["cosine"] = 1 - torch.stack(alike).mean()
        return sum(WEIGHTS[name] * part for name, part in parts.items() if name != left_out)

    return loss
