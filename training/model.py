"""The early-exit encoder: frozen embeddings, L layers, and an exit on each of the L + 1 hidden states.

Hidden state 0 is the embeddings, hidden state i the output of layer i. Exit L is the
teacher, the others are its students (FastBERT, Liu et al., ACL 2020, section 3).
"""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .quantise import round_rows

ACTIVATIONS = {"gelu": F.gelu, "gelu_new": lambda x: F.gelu(x, approximate="tanh"), "relu": F.relu, "tanh": torch.tanh}
"""By the names of Hugging Face's config.json; `gelu_new` is GELU's approximation by tanh."""


@dataclass(frozen=True)
class Architecture:
    """Sizes of a BERT-like encoder and its exits; the names are those of Hugging Face's config.json."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    layer_norm_eps: float
    num_labels: int
    exit_size: int = 128
    exit_heads: int = 2
    head_dim: int = field(kw_only=True)
    """Width of an attention head; hidden_size / num_attention_heads unless heads were pruned."""
    exits: tuple[int, ...] = field(kw_only=True)
    """The hidden states that an exit sits on, the last one among them."""
    hidden_act: str = field(kw_only=True, default="gelu")
    embedding_size: int | None = field(kw_only=True, default=None)
    """Width of the embeddings, where it is not that of the layers: a matrix stands between (ELECTRA)."""
    head_act: str | None = field(kw_only=True, default=None)
    """Of an adopted model, the activation of the classification head that it came with: its last exit."""
    exit_kind: str | None = field(kw_only=True, default=None)
    """`discriminant` where exits were taught in a page (`taught.py`), else None: FastBERT's."""
    first_word: int | None = field(kw_only=True, default=None)
    """Of encoders that are taught, where token ids from here on are words by how common they are: the commonest's."""

    @property
    def attention_size(self) -> int:
        return self.num_attention_heads * self.head_dim


class Embeddings(nn.Module):
    """Word + position + type 0, then LayerNorm and, where embeddings are narrower than layers, a matrix.
    Frozen.

    With `has_types`, for pairs of texts, tokens of the second are of type 1: `types` [H], its row less
    that of type 0, is added to them.

    ids [B, T], seconds [B] (where the second texts begin; not read without types) → hidden [B, T, H].
    """

    def __init__(self, arch: Architecture, has_types: bool = False):
        super().__init__()
        self.arch = arch
        width = arch.embedding_size or arch.hidden_size
        self.register_buffer("words", torch.zeros(arch.vocab_size, width))
        self.register_buffer("positions", torch.zeros(arch.max_position_embeddings, width))
        self.register_buffer("types", torch.zeros(width) if has_types else None)
        self.register_buffer("norm_weight", torch.ones(width))
        self.register_buffer("norm_bias", torch.zeros(width))
        if arch.embedding_size:
            self.register_buffer("widen_weight", torch.zeros(arch.hidden_size, width))
            self.register_buffer("widen_bias", torch.zeros(arch.hidden_size))

    def forward(self, ids: Tensor, seconds: Tensor | None = None) -> Tensor:
        summed = F.embedding(ids, self.words) + self.positions[: ids.shape[1]]
        if self.types is not None:
            is_second = torch.arange(ids.shape[1], device=ids.device) >= seconds[:, None]
            summed = summed + is_second[..., None] * self.types
        normed = F.layer_norm(summed, summed.shape[-1:], self.norm_weight, self.norm_bias, self.arch.layer_norm_eps)
        return F.linear(normed, self.widen_weight, self.widen_bias) if self.arch.embedding_size else normed

    def round(self) -> None:
        """To the int8 rows that the package ships, so that training sees the numbers that the browser will see."""
        self.words.copy_(round_rows(self.words))
        self.positions.copy_(round_rows(self.positions))


class Dropout(nn.Module):
    """Dropout from random bytes: a quarter of the time of PyTorch's own on a CPU."""

    def __init__(self, p: float):
        super().__init__()
        self.dropped = round(256 * p)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return x
        keep = torch.empty(x.shape, dtype=torch.uint8, device=x.device).random_() >= self.dropped
        return x * keep * (256 / (256 - self.dropped))


class Layer(nn.Module):
    """One post-norm transformer layer. hidden [B, T, H], bias [B, 1, 1, T] → [B, T, H]."""

    def __init__(self, arch: Architecture, dropout: float):
        super().__init__()
        size = arch.hidden_size
        self.heads = arch.num_attention_heads
        self.act = ACTIVATIONS[arch.hidden_act]
        self.qkv = nn.Linear(size, 3 * arch.attention_size)
        self.out = nn.Linear(arch.attention_size, size)
        self.norm_1 = nn.LayerNorm(size, eps=arch.layer_norm_eps)
        self.up = nn.Linear(size, arch.intermediate_size)
        self.down = nn.Linear(arch.intermediate_size, size)
        self.norm_2 = nn.LayerNorm(size, eps=arch.layer_norm_eps)
        self.dropout = Dropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = hidden.shape
        q, k, v = self.qkv(hidden).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # Written out: the backward pass of PyTorch's own is ten times slower on a CPU (half a step).
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype)
        attended = self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, -1))
        hidden = self.norm_1(hidden + self.dropout(attended))
        return self.norm_2(hidden + self.dropout(self.down(self.act(self.up(hidden)))))


class Exit(nn.Module):
    """FastBERT's student classifier (its published code, `run_fastbert.py`): narrow, tanh,
    self-attention without residual or norm, first token, dense, tanh, classify.

    Only token 0 is read, so only token 0 asks: with q its one query, the score of token t is
    q·(Wk x_t) = (Wkᵀ q)·x_t, and the attended value is Wv (Σ p_t x_t). Neither keys nor
    values are ever computed; the result is the same as attention over all tokens. (The key
    bias adds the same to every score and is left out.)

    hidden [B, T, H], bias [B, 1, 1, T] → logits [B, N].
    """

    def __init__(self, arch: Architecture):
        super().__init__()
        size = arch.exit_size
        self.heads = arch.exit_heads
        self.narrow = nn.Linear(arch.hidden_size, size)
        self.query = nn.Linear(size, size)
        self.key = nn.Linear(size, size, bias=False)
        self.value = nn.Linear(size, size)
        self.out = nn.Linear(size, size)
        self.dense = nn.Linear(size, size)
        self.classify = nn.Linear(size, arch.num_labels)

    @property
    def first(self) -> nn.Linear:
        """What hidden states go into."""
        return self.narrow

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        features = self.features(hidden, bias)
        with torch.autocast(hidden.device.type, enabled=False):
            return self.classify(features)

    def features(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """What is classified [B, S]."""
        x = torch.tanh(self.narrow(hidden)).float()  # [B, T, S]
        b, _, size = x.shape
        width = size // self.heads
        with torch.autocast(x.device.type, enabled=False):
            query = self.query(x[:, 0]).view(b, self.heads, width)
            asked = torch.einsum("bhw,hws->bhs", query, self.key.weight.view(self.heads, width, size))
            scores = torch.einsum("bhs,bts->bht", asked, x) * width**-0.5 + bias[:, 0]
            pooled = torch.einsum("bht,bts->bhs", scores.softmax(-1), x)
            values = torch.einsum("bhs,hws->bhw", pooled, self.value.weight.view(self.heads, width, size))
            values = values.reshape(b, size) + self.value.bias
            return torch.tanh(self.dense(self.out(values)))

    def macs(self, tokens):
        """Multiply-adds as shipped, its matrices multiplied out (`src/core/cost.ts` counts the same)."""
        size = self.query.in_features
        narrow, attention = self.narrow.weight.numel(), 2 * self.heads * size
        return tokens * (narrow + attention) + 2 * self.heads * size * size + self.classify.weight.numel()


class ClassificationHead(nn.Module):
    """The classifier of a model as transformers has it: token 0, dense, activation, classify.

    hidden [B, T, H], bias (not read) → logits [B, N].
    """

    def __init__(self, arch: Architecture):
        super().__init__()
        self.act = ACTIVATIONS[arch.head_act]
        self.dense = nn.Linear(arch.hidden_size, arch.hidden_size)
        self.classify = nn.Linear(arch.hidden_size, arch.num_labels)

    @property
    def first(self) -> nn.Linear:
        """What hidden states go into."""
        return self.dense

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        return self.classify(self.act(self.dense(hidden[:, 0]))).float()

    def macs(self, tokens):
        """Multiply-adds: of one token, whatever the length."""
        return self.dense.weight.numel() + self.classify.weight.numel()


class EarlyExitModel(nn.Module):
    """ids [B, T], mask [B, T], of pairs seconds [B] → logits of every exit [E, B, N]; E = L + 1 where every
    hidden state has one. has_types: of `Embeddings`.

    Of texts that are read in windows, ids and mask are theirs [W, T], and owners [W] tells of which of the B texts
    each is: what an exit says of a text's windows is added up (`windows.py`).
    """

    def __init__(self, arch: Architecture, dropout: float = 0.1, has_types: bool = False):
        super().__init__()
        self.arch = arch
        self.embeddings = Embeddings(arch, has_types)
        self.layers = nn.ModuleList(Layer(arch, dropout) for _ in range(arch.num_hidden_layers))
        self.exits = nn.ModuleDict({str(number): Exit(arch) for number in arch.exits})
        if arch.head_act:
            self.exits[str(arch.num_hidden_layers)] = ClassificationHead(arch)

    @staticmethod
    def bias(mask: Tensor) -> Tensor:
        """The attention bias [B, 1, 1, T] that hides padding."""
        return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e4)[:, None, None, :]

    def hidden_states(self, ids: Tensor, mask: Tensor, seconds: Tensor | None = None) -> tuple[list[Tensor], Tensor]:
        """Hidden states 0 to L, and the attention bias [B, 1, 1, T]."""
        bias = self.bias(mask)
        states = [self.embeddings(ids, seconds)]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        return states, bias

    def forward(self, ids: Tensor, mask: Tensor, seconds: Tensor | None = None, owners: Tensor | None = None) -> Tensor:
        states, bias = self.hidden_states(ids, mask, seconds)
        logits = torch.stack([head(states[int(number)], bias) for number, head in self.exits.items()])
        if owners is None:
            return logits
        texts = logits.new_zeros(len(logits), int(owners[-1]) + 1, logits.shape[-1])
        return texts.index_add(1, owners, logits)

    @property
    def teacher(self) -> Exit | ClassificationHead:
        """The last exit."""
        return self.exits[str(self.arch.num_hidden_layers)]
