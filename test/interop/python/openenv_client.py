"""Drives environments of a server by OpenEnv's own clients: python openenv_client.py <folder>"""

import asyncio
import json
import sys
from pathlib import Path

from openenv.cli._validation import validate_running_environment
from openenv.core import GenericEnvClient
from openenv.core.mcp_client import MCPToolClient


async def game(url, choose, **reset):
    """One game of choices from reset to its end, and all that was heard."""
    async with GenericEnvClient(base_url=url) as env:
        result = await env.reset(**reset)
        heard = [result.observation]
        total = result.reward or 0
        while not result.done:
            result = await env.step({"message": f"<answer>{choose(result.observation['legal_actions'])}</answer>"})
            heard.append(result.observation)
            total += result.reward
        return {"heard": heard, "total": total, "state": await env.state()}


def first(actions):
    return actions[0]


def last(actions):
    return actions[-1]


async def twice(url):
    return [await game(f"{url}/kuhn-poker", first, seed=7, seat=1, opponents="scripted") for _ in range(2)]


def blocking(url):
    """The same by the client that does not wait asynchronously."""
    with GenericEnvClient(base_url=f"{url}/tic-tac-toe").sync() as env:
        result = env.reset(seed=1)
        steps = 0
        while not result.done:
            result = env.step({"message": result.observation["legal_actions"][0]})
            steps += 1
        return {"steps": steps, "reward": result.reward, "state": env.state()}


async def matches(url):
    """Clients play each other: of each pair one takes the first choice and one the last."""

    async def match(number):
        reset = {"match_id": f"match {number}", "seed": number}
        each = (game(f"{url}/tic-tac-toe", choose, seat=seat, **reset) for seat, choose in enumerate((first, last)))
        return [one["total"] for one in await asyncio.gather(*each)]

    return await asyncio.gather(*(match(number) for number in range(20)))


async def complaint(call):
    try:
        return f"none: {await call}"
    except RuntimeError as error:
        return str(error)


async def tools(url, answer):
    async with MCPToolClient(base_url=f"{url}/calculator") as env:
        before = await env.reset(split="train", task=3)
        listed = [tool.name for tool in await env.list_tools()]
        value = await env.call_tool("calculator", expr=f"{answer} * 2 / 2")
        told = await env.call_tool("submit_answer", answer=value)
        over = await complaint(env.call_tool("calculator", expr="1"))
        await env.reset()
        refused = await complaint(env.call_tool("calculator", expression="1"))
        text = before.observation.metadata["text"]
        return {"text": text, "listed": listed, "value": value, "refused": refused, "over": over, "told": told}


async def direct(url, answer):
    """The same past the steps, by JSON-RPC."""
    env = MCPToolClient(base_url=f"{url}/calculator;split=train;task=3")
    env.use_production_mode = True
    listed = [tool.name for tool in await env.list_tools()]
    value = await env.call_tool("calculator", expr=f"{answer} + 0")
    told = await env.call_tool("submit_answer", answer=value)
    await env.close()
    return {"listed": listed, "value": value, "told": told}


async def main(folder):
    task = json.loads((folder / "task.json").read_text())
    url, answer = task["url"], task["answer"]
    result = {
        "twice": await twice(url),
        "matches": await matches(url),
        "tools": await tools(url, answer),
        "direct": await direct(url, answer),
        "validation": validate_running_environment(f"{url}/kuhn-poker"),
    }
    return result, url


FOLDER = Path(sys.argv[1])
RESULT, URL = asyncio.run(main(FOLDER))
RESULT["blocking"] = blocking(URL)
(FOLDER / "result.json").write_text(json.dumps(RESULT))
