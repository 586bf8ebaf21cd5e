"""Opens a folder as a GPT-2 of `transformers`: logits of sequences, and what it writes when it takes the likeliest."""

import json
import sys
from pathlib import Path

import torch
from transformers import GPT2LMHeadModel

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())
model, report = GPT2LMHeadModel.from_pretrained(task["folder"], output_loading_info=True)
model.eval()
with torch.no_grad():
    logits = [model(torch.tensor([ids])).logits[0].double().tolist() for ids in task["sequences"]]
    ids = torch.tensor([task["prompt"]])
    written = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=task["tokens"], do_sample=False)
(folder / "result.json").write_text(
    json.dumps(
        {
            "logits": logits,
            "written": written[0, ids.shape[1] :].tolist(),
            "missing": sorted(report["missing_keys"]),
            "unexpected": sorted(report["unexpected_keys"]),
        }
    )
)
