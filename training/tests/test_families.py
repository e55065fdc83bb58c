"""Models as transformers saves them: ours say what theirs say. Of real shape, but few layers and at random."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedTokenizerFast

from training.adopt import classes_of, longest_input, model_of
from training.check import SENTENCES
from training.data import Dataset, evaluation_batches
from training.families import FAMILIES, Source
from training.texts import encode

TEXTS = SENTENCES + ["Short.", "", "A word, " * 30, "Ça coûte 12,50 € – déjà vu? 😀", "don't; can't  stop\nhere"]
SMALL = {"hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 96, "hidden_act": "gelu"}


def wordpiece() -> Tokenizer:
    letters = sorted(set("".join(TEXTS).lower()) - {" ", "\n"})
    words = sorted({word for text in TEXTS for word in text.lower().split() if word.isalpha()} - set(letters))
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + letter for letter in letters), *words]
    made = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return made


def byte_level() -> Tokenizer:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(TEXTS, trainers.BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=alphabet))
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return made


def unigram() -> Tokenizer:
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer, made.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    made.train_from_iterator(TEXTS, trainers.UnigramTrainer(vocab_size=200, special_tokens=special, unk_token="<unk>"))
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


TOKENIZERS = {"roberta": byte_level, "xlm-roberta": unigram, "camembert": unigram}


def save(folder: Path, family: str, **changed: object) -> Path:
    """A classifier of a family at random, saved by transformers; weights are large enough that answers differ."""
    tokenizer = TOKENIZERS.get(family, wordpiece)()
    sizes = SMALL | {"vocab_size": tokenizer.get_vocab_size(), "num_labels": 3, "initializer_range": 0.2}
    if family in TOKENIZERS:
        sizes |= {"max_position_embeddings": 66, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "type_vocab_size": 1}
    else:
        sizes |= {"max_position_embeddings": 64}
    if family == "distilbert":
        for theirs, ours in {"dim": "hidden_size", "n_layers": "num_hidden_layers", "n_heads": "num_attention_heads",
                             "hidden_dim": "intermediate_size", "activation": "hidden_act"}.items():
            sizes[theirs] = sizes.pop(ours)
    torch.manual_seed(0)
    config = AutoConfig.for_model(family, **sizes | changed)
    model = AutoModelForSequenceClassification.from_config(config)
    for parameter in model.parameters():  # norms and biases, too
        parameter.data += 0.1 * torch.randn_like(parameter)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64).save_pretrained(folder)
    return folder


def theirs(folder: Path, ids: list[list[int]]) -> torch.Tensor:
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        return torch.cat([model(input_ids=torch.tensor([row])).logits for row in ids])


def ours(source: Source, ids: list[list[int]]) -> torch.Tensor:
    model = model_of(source, len(classes_of(source)[0]))
    logits = torch.empty(len(ids), model.arch.num_labels)
    with torch.no_grad():
        for batch in evaluation_batches(Dataset(ids, torch.zeros(len(ids)), None), 4):
            logits[batch.rows] = model(batch.ids, batch.mask)[-1]
    return logits


def compare(folder: Path) -> None:
    source = Source(folder)
    ids = encode(source.tokenizer, TEXTS, 64).ids
    wanted, got = theirs(folder, ids), ours(source, ids)
    assert wanted.softmax(-1).std(0).max() > 0.01
    assert (wanted.softmax(-1) - got.softmax(-1)).abs().max() < 1e-4


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_says_what_it_says(tmp_path, family):
    compare(save(tmp_path / "m", family))


@pytest.mark.parametrize("act", ["gelu_new", "relu", "gelu_pytorch_tanh"])
def test_other_activations(tmp_path, act):
    compare(save(tmp_path / "m", "bert", hidden_act=act))


def test_embeddings_narrower_than_layers(tmp_path):
    folder = save(tmp_path / "m", "electra", embedding_size=16)
    assert Source(folder).architecture(3).embedding_size == 16
    compare(folder)


def test_old_names_and_old_files(tmp_path):
    folder = save(tmp_path / "m", "bert")
    weights = load_file(folder / "model.safetensors")
    renamed = {name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): w
               for name, w in weights.items()}
    wanted = ours(Source(folder), encode(Source(folder).tokenizer, TEXTS, 64).ids)
    (folder / "model.safetensors").unlink()
    torch.save(renamed, folder / "pytorch_model.bin")
    source = Source(folder)
    assert torch.equal(ours(source, encode(source.tokenizer, TEXTS, 64).ids), wanted)


def test_weights_in_several_files(tmp_path):
    folder = save(tmp_path / "m", "bert")
    weights = list(load_file(folder / "model.safetensors").items())
    (folder / "model.safetensors").unlink()
    for number, part in enumerate((weights[::2], weights[1::2]), 1):
        save_file(dict(part), folder / f"model-0000{number}-of-00002.safetensors")
    source = Source(folder)
    assert ours(source, encode(source.tokenizer, TEXTS, 64).ids).isfinite().all()


def change(folder: Path, **settings: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | settings))


@pytest.mark.parametrize(("settings", "message"), [
    ({"model_type": "albert"}, "of the family 'albert'; those that work are bert, distilbert"),
    ({"hidden_act": "silu"}, "'silu' is none of gelu, gelu_new and relu"),
    ({"position_embedding_type": "relative_key"}, "'relative_key', only absolute"),
    ({"num_hidden_layers": 3}, r"no weights 'encoder\.layer\.2"),
    ({"intermediate_size": 97}, r"of size \[96, 48\], config.json says \[97, 48\]"),
    ({"problem_type": "regression"}, "regression"),
    ({"id2label": {"0": "score"}}, "regression"),
    ({"id2label": {"0": "same", "1": "same"}}, "same name"),
])
def test_what_cannot_be_adopted_is_refused_by_a_sentence(tmp_path, settings, message):
    folder = save(tmp_path / "m", "bert")
    change(folder, **settings)
    with pytest.raises(ValueError, match=message):
        source = Source(folder)
        model_of(source, len(classes_of(source)[0]))


def test_weights_that_are_no_numbers_and_a_model_without_a_head(tmp_path):
    folder = save(tmp_path / "m", "bert")
    weights = load_file(folder / "model.safetensors")
    name = "bert.encoder.layer.1.output.dense.weight"
    save_file(weights | {name: weights[name] * float("nan")}, folder / "model.safetensors")
    with pytest.raises(ValueError, match=r"encoder\.layer\.1\.output\.dense\.weight' holds what is no number"):
        model_of(Source(folder), 3)
    save_file({name: w for name, w in weights.items() if not name.startswith("classifier")}, folder / "model.safetensors")
    with pytest.raises(ValueError, match="no classification head"):
        model_of(Source(folder), 3)


def test_a_tokenizer_that_browsers_cannot_read_by_is_refused_with_its_folder(tmp_path):
    folder = save(tmp_path / "m", "bert")
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pre_tokenizer": {"type": "Whitespace"}}))
    with pytest.raises(ValueError, match=rf"^{folder}: its tokenizer\.json has a pre_tokenizer 'Whitespace'"):
        Source(folder).normalised()


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 438011069\n"


@pytest.mark.parametrize(("name", "content", "message"), [
    ("config.json", '{"model_type": "be', "config.json cannot be read"),
    ("config.json", "[]", "config.json cannot be read .it holds no JSON object"),
    ("tokenizer.json", "{", "tokenizer.json cannot be read"),
    ("tokenizer.json", POINTER, "tokenizer.json is not the file itself but git's pointer to it; get it by `git lfs pull`"),
    ("tokenizer_config.json", "[1]", "tokenizer_config.json cannot be read"),
    ("pytorch_model.bin", POINTER, "pytorch_model.bin is not the file itself but git's pointer to it"),
    ("pytorch_model.bin", "PK", "pytorch_model.bin cannot be read .it holds no weights, or code beside them"),
])
def test_files_that_cannot_be_read_are_named(tmp_path, name, content, message):
    folder = save(tmp_path, "bert")
    if name.endswith(".bin"):
        (folder / "model.safetensors").unlink()
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        source = Source(folder)
        longest_input(source, model_of(source, 3))


def test_code_in_weights_is_neither_run_nor_advised(tmp_path):
    folder = save(tmp_path / "m", "bert")
    (folder / "model.safetensors").unlink()

    class Touch:
        def __reduce__(self):
            return Path.touch, (tmp_path / "touched",)

    torch.save({"a": Touch()}, folder / "pytorch_model.bin")
    with pytest.raises(ValueError, match="or code beside them, which is not run") as refusal:
        Source(folder).weights()
    assert "weights_only" not in str(refusal.value) and not (tmp_path / "touched").exists()


@pytest.mark.parametrize(("settings", "message"), [
    ({"num_hidden_layers": 1}, "says 1 layers, but there are weights of 2"),
    ({"num_hidden_layers": "2"}, "num_hidden_layers is '2'; it has to be a whole number"),
    ({"intermediate_size": None}, "intermediate_size is None"),
    ({"layer_norm_eps": 0}, "layer_norm_eps is 0"),
    ({"id2label": {"a": "x", "b": "y"}}, "id2label has to give each class number"),
    ({"id2label": ["x", "y"]}, "id2label has to give each class number"),
])
def test_settings_that_do_not_fit_are_named(tmp_path, settings, message):
    folder = save(tmp_path, "bert")
    change(folder, **settings)
    with pytest.raises(ValueError, match=message):
        source = Source(folder)
        classes_of(source)
        model_of(source, 3)


def test_a_tokenizer_that_leaves_no_room_for_a_text(tmp_path):
    folder = save(tmp_path, "bert")
    path = folder / "tokenizer_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_max_length": 2}))
    source = Source(folder)
    with pytest.raises(ValueError, match="model_max_length is 2, which leaves no room for a text"):
        longest_input(source, model_of(source, 3))
