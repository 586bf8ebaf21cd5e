"""openenv's own server over an environment that says back what it is told; prints its address: python openenv_server.py"""

import asyncio
import json

import uvicorn
from openenv.core.env_server.http_server import create_fastapi_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, Observation, State


class Said(Action):
    message: str


class Echo(Observation):
    text: str


class EchoEnvironment(Environment):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self):
        super().__init__()
        self._state = State(episode_id="", step_count=0)

    def reset(self, seed=None, episode_id=None, **_):
        self._state = State(episode_id=episode_id or "", step_count=0)
        return Echo(text="Say something.", done=False, reward=0.0)

    def step(self, action, timeout_s=None, **_):
        self._state.step_count += 1
        return Echo(text=action.message, done=False, reward=0.0)

    @property
    def state(self):
        return self._state


async def main():
    app = create_fastapi_app(EchoEnvironment, Said, Echo, max_concurrent_envs=1024)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    print(json.dumps({"url": f"http://127.0.0.1:{port}"}), flush=True)
    await serving


asyncio.run(main())
