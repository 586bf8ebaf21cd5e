"""Rows of tool calls as TRL reads them, rendered by the chat templates that TRL brings for Qwen."""

import json
import sys
from pathlib import Path

import trl
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast
from trl.data_utils import apply_chat_template, is_conversational

folder = Path(sys.argv[1])
rows = [json.loads(line) for line in (folder / "trl-sft.jsonl").read_text().splitlines()]
templates = Path(trl.__file__).parent / "chat_templates"


def rendered(name):
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE()), eos_token="<|im_end|>")
    tokenizer.chat_template = (templates / f"{name}.jinja").read_text()
    return [apply_chat_template(row, tokenizer, tools=row["tools"]) for row in rows]


result = {
    "conversational": [is_conversational(row) for row in rows],
    "templates": {name: rendered(name) for name in ["qwen2_5", "qwen3"]},
}
(folder / "result.json").write_text(json.dumps(result))
