"""Solves a task and plays a game by the client of the Model Context Protocol: python mcp_client.py <folder>"""

import asyncio
import json
import re
import sys
from pathlib import Path

from mcp import Client, ClientSession, StdioServerParameters, stdio_client


async def call(client, name, **arguments):
    """What a tool answered: its words and its fields."""
    result = await client.call_tool(name, arguments)
    fields = result.model_dump(by_alias=True)
    return "\n".join(part.text for part in result.content), fields["structuredContent"], fields["isError"]


async def solve(session):
    config = {"problem": {"id": "sum", "question": "How much is 3 * (4 + 5)?", "answer": 27}}
    text, fields, _ = await call(session, "start", environment="calculator", config=config)
    expr = re.search(r"How much is (.+)\?", text).group(1)
    calls = [{"name": "calculator", "args": {"expr": expr}}]
    worked, _, _ = await call(session, "act", session=fields["session"], calls=calls)
    calls = [{"name": "submit_answer", "args": {"answer": worked.splitlines()[0]}}]
    _, fields, _ = await call(session, "act", session=fields["session"], calls=calls)
    return fields


async def play(session):
    _, fields, _ = await call(session, "start", environment="kuhn-poker", seed=5)
    while fields["status"] != "over":
        answer = f"<answer>{fields['legal'][0]}</answer>"
        _, fields, _ = await call(session, "act", session=fields["session"], answer=answer)
    _, record, _ = await call(session, "record", session=fields["session"])
    return {"status": fields["status"], "record": record["record"]}


async def both(session):
    listed = await session.list_tools()
    text, _, is_error = await call(session, "observe", session="none")
    tools = [tool.name for tool in listed.tools]
    return {"tools": tools, "solved": await solve(session), "played": await play(session), "wrong": [text, is_error]}


async def over_http(url):
    async with Client(url) as client:
        return await both(client)


async def over_stdio(command):
    """By the handshake of 2025, with a process of its own."""
    parameters = StdioServerParameters(command=command[0], args=command[1:])
    async with stdio_client(parameters) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        return await both(session)


async def main(folder):
    task = json.loads((folder / "task.json").read_text())
    result = {"http": await over_http(task["url"]), "stdio": await over_stdio(task["command"])}
    (folder / "result.json").write_text(json.dumps(result))


asyncio.run(main(Path(sys.argv[1])))
