"""Ids of texts by `tokenizers`, ids of conversations by `transformers`, and a vocabulary learnt anew by `tokenizers`."""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())
result = {}

tokenizer = Tokenizer.from_file(str(Path(task["folder"]) / "tokenizer.json"))
result["ids"] = [tokenizer.encode(text).ids for text in task["texts"]]
result["texts"] = [tokenizer.decode(ids, skip_special_tokens=False) for ids in result["ids"]]

if "corpus" in task:
    fresh = Tokenizer(models.BPE())
    fresh.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=task["vocab"],
        min_frequency=2,
        special_tokens=task["specials"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    fresh.train_from_iterator(task["corpus"], trainer)
    model = json.loads(fresh.to_str())["model"]
    result["learnt"] = {"vocab": model["vocab"], "merges": [" ".join(pair) for pair in model["merges"]]}

if "conversation" in task:
    from transformers import AutoTokenizer

    auto = AutoTokenizer.from_pretrained(task["folder"])
    result["conversation"] = {
        "whole": auto.apply_chat_template(task["conversation"], tokenize=True, return_dict=False),
        "prompt": auto.apply_chat_template(
            task["conversation"], tokenize=True, return_dict=False, add_generation_prompt=True
        ),
        "plain": [auto.encode(text) for text in task["texts"]],
        "decoded": [auto.decode(auto.encode(text)) for text in task["texts"]],
        "end": auto.eos_token_id,
        "pad": auto.pad_token_id,
    }

(folder / "result.json").write_text(json.dumps(result))
