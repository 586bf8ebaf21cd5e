"""Rows rendered by the chat templates inside the installed TRL, through `apply_chat_template` of `transformers`.

Every character is a token. What a seat wrote (words, names of tools, arguments) is written once as it is and once with marks
in its place, so that it is found again wherever a template puts it, and counted.
"""

import json
import sys
from collections import Counter
from os.path import commonprefix
from pathlib import Path

import trl
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

folder = Path(sys.argv[1])
task = json.loads((folder / "task.json").read_text())
TEMPLATES = {path.stem: path.read_text() for path in sorted((Path(trl.__file__).parent / "chat_templates").glob("*.jinja"))}


def letters():
    """NOTE: the tokens of beginning and end are of one character too, so that places in text are places in tokens."""
    known = {letter: at for at, letter in enumerate(["?", *sorted({*"".join(TEMPLATES.values()), *json.dumps(task, ensure_ascii=False)})])}
    fast = Tokenizer(models.WordLevel(known, unk_token="?"))
    fast.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    return PreTrainedTokenizerFast(tokenizer_object=fast, bos_token="\x02", eos_token="\x03")


tokenizer = letters()


class Refused(Exception):
    """A template cannot render a row without saying something else."""


class Wrong(Exception):
    """Something is trained that the seat did not write, or the other way round."""


def marked(message, number):
    """A message with a mark in place of everything its writer wrote, and what each mark stands for."""
    found = {}

    def mark(value):
        name = f"ZQ{number}Q{len(found)}QZ"
        found[name] = value
        return name

    def leaves(value):
        if isinstance(value, dict):
            return {key: leaves(one) for key, one in value.items()}
        return mark(value) if isinstance(value, str) else value

    copy = dict(message)
    if message.get("content"):
        copy["content"] = mark(message["content"])
    calls = []
    for call in message.get("tool_calls") or []:
        said = call["function"]
        calls.append({**call, "function": {"name": mark(said["name"]), "arguments": leaves(said["arguments"])}})
    if calls:
        copy["tool_calls"] = calls
    return copy, found


class Template:
    def __init__(self, source):
        self.source = source
        self.generation = "generation %}" in source

    def apply(self, messages, tools, **options):
        try:
            return tokenizer.apply_chat_template(
                messages, tools=tools or None, chat_template=self.source, **options
            )
        except Exception as error:
            raise Refused(f"raises {' '.join(str(error).split())[:90]}") from None

    def render(self, messages, tools, add=False):
        return self.apply(messages, tools, tokenize=False, add_generation_prompt=add)

    def completions(self, messages, trains, tools):
        """Where a trained answer begins and ends: behind the words that call for it, as far as it keeps to them."""
        whole = self.render(messages, tools)
        spans = []
        for at, trained in enumerate(trains):
            if trained:
                asked, after = self.render(messages[:at], tools, True), self.render(messages[: at + 1], tools)
                start = shared(asked, after)
                if start < shared(asked, self.render(messages[:at], tools)) or not whole.startswith(after):
                    raise Refused("writes earlier turns anew")
                spans.append((start, len(after)))
        return whole, spans

    def generated(self, messages, trains, tools):
        """The same by the template's own marks of generation, one run for each message of the assistant."""
        row = self.apply(messages, tools, tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
        mask = row["assistant_masks"]
        edges = [at for at in range(len(mask) + 1) if (mask[at] if at < len(mask) else 0) != (mask[at - 1] if at else 0)]
        runs = list(zip(edges[::2], edges[1::2]))
        said = [trained for message, trained in zip(messages, trains) if message["role"] == "assistant"]
        if len(runs) != len(said):
            raise Refused("marks an answer in several pieces")
        whole = self.render(messages, tools)
        if len(whole) != len(mask):
            raise Wrong(f"{len(mask)} tokens for {len(whole)} characters")
        return whole, [run for run, trained in zip(runs, said) if trained]


def pieces(whole, spans):
    return [whole[start:end] for start, end in spans]


def filled(text, found):
    for name, value in found.items():
        text = text.replace(name, value)
    return text


def shared(one, other):
    return len(commonprefix([one, other]))


def around_alone(way, message, tools):
    """What a template writes around an answer where there is nothing else: last, before a question, after a result."""
    question = {"role": "user", "content": "?"}
    calls = message.get("tool_calls", [])
    results = [{"role": "tool", "tool_call_id": call.get("id", "c"), "content": "1"} for call in calls]
    before = [question, {**message}, *results]
    for conversation in ([question, message], [question, message, question], [*before, message], [*before, question, message]):
        try:
            trains = [one is message for one in conversation]
            yield pieces(*way(conversation, trains, tools))[0]
        except Refused:
            pass


def compare(way, row):
    """Counts what one row trains: characters of the seat, and the template's own around them."""
    messages, trains, tools = row["messages"], row["trains"], row["tools"]
    both = [marked(one, at) if trained else (one, {}) for at, (one, trained) in enumerate(zip(messages, trains))]
    found = {name: value for _, marks in both for name, value in marks.items()}
    whole, spans = way(messages, trains, tools)
    probe, places = way([message for message, _ in both], trains, tools)
    if any(name not in probe for name in found):
        raise Refused("leaves out what was said")
    if filled(probe, found) != whole or any("{" + name in probe and value[0] == "{" for name, value in found.items()):
        raise Refused("changes what was said")
    shown = pieces(probe, places)
    answers = [answer for answer, trained in zip(both, trains) if trained]
    if [filled(piece, found) for piece in shown] != pieces(whole, spans):
        raise Refused("takes the beginning of an answer for its own words")
    own = around = 0
    for piece, (message, marks) in zip(shown, answers):
        if piece not in around_alone(way, message, tools):
            raise Wrong(f"trains {piece!r}")
        own += sum(len(value) for value in marks.values())
        # NOTE: what a template writes twice, as the name of a tool, is the seat's once.
        again = sum((piece.count(name) - 1) * len(value) for name, value in marks.items())
        around += len(piece) - sum(piece.count(name) * len(name) for name in marks) + again
    trained = sum(end - start for start, end in spans)
    if trained != own + around:
        raise Wrong(f"{trained} characters are trained: {own} of the seat, {around} of the template")
    return own, around


def rendered(source):
    template = Template(source)
    ways = {"completion": template.completions, **({"generation": template.generated} if template.generation else {})}
    memo = {}

    def counted(way, row):
        key = json.dumps([way, row["messages"], row["trains"], row["tools"]])
        if key not in memo:
            try:
                memo[key] = ("own", *compare(ways[way], row))
            except Refused as error:
                memo[key] = ("refused", str(error))
            except Wrong as error:
                memo[key] = ("wrong", str(error))
        return memo[key]

    found = {}
    for way in ways:
        of = found[way] = {"rows": {}, "own": {}, "around": 0, "refused": Counter(), "wrong": []}
        for row in task["rows"]:
            kind, *said = counted(way, row)
            if kind == "own":
                of["rows"][row["of"]] = of["rows"].get(row["of"], 0) + 1
                of["own"][row["of"]] = of["own"].get(row["of"], 0) + said[0]
                of["around"] += said[1]
            elif kind == "refused":
                of["refused"][f"{row['kind']}: {said[0]}"] += 1
            else:
                of["wrong"].append(f"{row['of']}: {said[0]}")
    return found


(folder / "result.json").write_text(json.dumps({name: rendered(source) for name, source in TEMPLATES.items()}))
