"""fhaviary's own server over three tasks of its own environment; prints its address: python aviary_server.py <folder>"""

import json
import socket
import sys

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


server = TaskDatasetServer(Stories(), host="127.0.0.1")
with socket.socket() as listening:
    listening.bind(("127.0.0.1", 0))
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    config = uvicorn.Config(server.app, log_level="critical")
    uvicorn.Server(config).run(sockets=[listening])
