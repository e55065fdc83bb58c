"""A classifier as its users make one, with plain transformers and no exits: what `adopt` is tried on.

    python -m training.study.fine_tune --model bge-small-en --data DATA/sst2 --out plain/sst2-12

Needs `pip install './training[test]'`. A stopped run goes on at its last checkpoint.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer, TrainingArguments

from ..data import Labelled, read_names, read_tsv


class Texts(torch.utils.data.Dataset):
    def __init__(self, rows: Labelled, tokenizer, longest: int):
        self.encoded = tokenizer(rows.texts, truncation=True, max_length=longest)["input_ids"]
        self.labels = rows.labels

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, row: int) -> dict:
        return {"input_ids": self.encoded[row], "labels": self.labels[row]}


def accuracy(result) -> dict:
    return {"accuracy": float(np.mean(result.predictions.argmax(-1) == result.label_ids))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="a BERT folder without a classification head")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.tsv and dev.tsv")
    parser.add_argument("--out", type=Path, required=True, help="folder of the classifier; checkpoints lie beside it")
    parser.add_argument("--labels", help="comma-separated names of the classes; else those of the file")
    parser.add_argument("--max-tokens", type=int, default=128)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--lr", type=float, default=5e-5)
    given = parser.parse_args()

    names = given.labels.split(",") if given.labels else read_names(given.data / "train.tsv")
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(given.model)
    model = AutoModelForSequenceClassification.from_pretrained(
        given.model, num_labels=len(names), id2label=dict(enumerate(names)), label2id={n: i for i, n in enumerate(names)}
    )
    train, dev = (Texts(read_tsv(given.data / f"{split}.tsv", names), tokenizer, given.max_tokens) for split in ("train", "dev"))
    checkpoints = given.out.with_name(given.out.name + "-checkpoints")
    trainer = Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(checkpoints), per_device_train_batch_size=32, per_device_eval_batch_size=128,
            num_train_epochs=given.epochs, learning_rate=given.lr, weight_decay=0.01, warmup_steps=0.1,
            train_sampling_strategy="group_by_length", eval_strategy="steps", eval_steps=500, save_strategy="steps", save_steps=250,
            save_total_limit=1, logging_steps=50, seed=1, use_cpu=True, report_to="none", disable_tqdm=True,
        ),
        train_dataset=train, eval_dataset=dev, data_collator=DataCollatorWithPadding(tokenizer), compute_metrics=accuracy,
    )
    trainer.train(resume_from_checkpoint=any(checkpoints.glob("checkpoint-*")) or None)
    print(trainer.evaluate())
    trainer.save_model(str(given.out))
    tokenizer.save_pretrained(given.out)


if __name__ == "__main__":
    main()
