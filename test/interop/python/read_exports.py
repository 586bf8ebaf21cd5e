"""Exports opened by the libraries they are for: TRL, datasets, pandas and pyarrow, NVIDIA's ATIF models, verifiers."""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())


def lines(name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def trl():
    """What TRL's own functions say of our rows, rendered by a ChatML template."""
    import tempfile

    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast
    from trl.data_utils import apply_chat_template, extract_prompt, is_conversational, unpair_preference_dataset
    from datasets import Dataset

    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE()), eos_token="<|im_end|>")
    tokenizer.chat_template = (
        "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    sft = lines("trl-sft.jsonl")
    dpo = lines("trl-dpo.jsonl")
    rendered = [apply_chat_template(row, tokenizer) for row in sft]
    implicit = [{"chosen": r["prompt"] + r["chosen"], "rejected": r["prompt"] + r["rejected"]} for r in dpo]
    return {
        "conversational": [is_conversational(row) for row in sft + dpo + lines("trl-prompts.jsonl")],
        "completions": [row["completion"] for row in rendered],
        "prompts": [row["prompt"] for row in rendered],
        "extracted": [extract_prompt(row)["prompt"] == r["prompt"] for row, r in zip(implicit, dpo)],
        "unpaired": len(unpair_preference_dataset(Dataset.from_list(dpo).select_columns(["prompt", "chosen", "rejected"]))),
        "pairs": len(dpo),
    }


def loaded():
    """Rows of each file as `datasets` loads it."""
    from datasets import load_dataset

    kind = lambda name: "parquet" if name.endswith(".parquet") else "json"
    cache = str(folder / "cache")
    load = lambda name: load_dataset(kind(name), data_files=str(folder / name), split="train", cache_dir=cache)
    return {name: len(load(name)) for name in task["files"]}


def parquet():
    """Types and rows as pyarrow and pandas read them."""
    import pandas
    import pyarrow.parquet

    found = {}
    for name in task["files"]:
        if name.endswith(".parquet"):
            schema = pyarrow.parquet.read_schema(folder / name)
            frame = pandas.read_parquet(folder / name)
            first = frame.iloc[0].to_dict() if len(frame) > 0 else {}
            plain = json.loads(json.dumps(first, default=lambda value: value.tolist()))
            types = {field.name: str(field.type) for field in schema}
            found[name] = {"types": types, "rows": len(frame), "first": plain}
    return found


def atif():
    """Trajectories that NVIDIA's models take, and faults that they must not take."""
    from nat.atif import Trajectory

    rows = lines("atif.jsonl")
    for row in rows:
        Trajectory.model_validate(row)
    faults = [{**rows[0], "reward": 1}, {**rows[0], "schema_version": "ATIF-v1.8"}, {**rows[0], "steps": rows[0]["steps"][1:]}]
    taken = 0
    for fault in faults:
        try:
            Trajectory.model_validate(fault)
            taken += 1
        except ValueError:
            pass
    return {"valid": len(rows), "faults": len(faults), "taken": taken}


def verifiers():
    """Episodes that verifiers itself reads; the tokens each branch trains on, counted by it."""
    from verifiers.v1.episode import WireEpisode

    episodes = [WireEpisode.model_validate(row) for row in lines("verifiers.jsonl")]
    traces = [trace for episode in episodes for trace in episode.traces]
    branches = [branch for trace in traces for branch in trace.branches]
    return {
        "episodes": len(episodes),
        "rewards": [trace.reward for trace in traces],
        "sampled": sum(sum(branch.sampled_mask) for branch in branches),
        "aligned": all(len(b.token_ids) == len(b.sampled_mask) == len(b.logprobs) for b in branches),
    }


def llama_factory():
    """Rows left after LLaMA-Factory's two rules: an even number of messages, asking and answering in turn."""
    asks, answers = {"human", "observation"}, {"gpt", "function_call"}
    rows = lines("sharegpt.jsonl")
    kept = 0
    for row in rows:
        said = [part["from"] for part in row["conversations"]]
        in_turn = all(who in (asks if at % 2 == 0 else answers) for at, who in enumerate(said))
        kept += len(said) % 2 == 0 and in_turn
    info = json.loads((folder / "dataset_info.json").read_text())
    return {"rows": len(rows), "kept": kept, "files": [entry["file_name"] for entry in info.values()]}


(folder / "result.json").write_text(json.dumps(globals()[task["check"]]()))
