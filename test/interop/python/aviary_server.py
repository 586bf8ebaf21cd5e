"""fhaviary's own server over three tasks of its own environment; prints its address: python aviary_server.py"""

import asyncio
import json

import uvicorn
from aviary.dataset_server import TaskDatasetServer
from aviary.env import DummyEnv, TaskDataset

TOPICS = ["rain", "owls", "trains"]


class Stories(TaskDataset):
    def __len__(self):
        return len(TOPICS)

    def get_new_env_by_idx(self, idx):
        return DummyEnv(task=TOPICS[idx])

    def get_new_env(self):
        return DummyEnv()


async def main():
    app = TaskDatasetServer(Stories(), host="127.0.0.1").app
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    print(json.dumps({"url": f"http://127.0.0.1:{port}"}), flush=True)
    await serving


asyncio.run(main())
