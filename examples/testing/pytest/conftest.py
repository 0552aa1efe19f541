"""A portal for the tests: one process for all of them, as it was at its start for each."""

import os
import shlex
import subprocess
from urllib.parse import urlsplit

import pytest
import requests

try:
    from b24pysdk import BitrixWebhook, Client
except ImportError:  # Its wire, for machines on which it is not installed.
    from b24pysdk_wire import BitrixWebhook, Client

# `npx portico` where npm has installed it, `docker run …` where nothing is installed.
COMMAND = shlex.split(os.environ.get("PORTICO_COMMAND", "portico"))
START = ["start", "--memory", "--testing", "--port", "0", "--https-port", "0", "--output", "env"]


class Portal:
    """A running portal, and its controls: reset, snapshot, restore, seed, advance and the others."""

    def __init__(self, facts: dict[str, str]) -> None:
        self.webhook = facts["PORTICO_WEBHOOK"]
        self.ca = facts["PORTICO_CA"]
        self._control_url = facts["PORTICO_CONTROL_URL"]
        self._authorization = {"Authorization": f"Bearer {facts['PORTICO_CONTROL_KEY']}"}

    def control(self, name: str, **parameters):
        answer = requests.post(
            f"{self._control_url}/{name}", json=parameters, headers=self._authorization, timeout=30
        ).json()
        assert "error" not in answer, answer["error"]
        return answer.get("result")


@pytest.fixture(scope="session")
def running_portal():
    process = subprocess.Popen([*COMMAND, *START], stdout=subprocess.PIPE, text=True)
    facts = {}
    for line in process.stdout:
        if line == "# ready\n":
            break
        name, _, value = line.removeprefix("export ").partition("=")
        facts[name] = shlex.split(value)[0]
    assert "PORTICO_CONTROL_KEY" in facts, f"the portal ended with {process.wait()}"
    yield Portal(facts)
    process.terminate()
    assert process.wait(timeout=30) == 0


@pytest.fixture
def portal(running_portal):
    running_portal.control("reset")
    return running_portal


@pytest.fixture
def client(portal, monkeypatch):
    """What the integration calls, over HTTPS as in production."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", portal.ca)
    address = urlsplit(portal.webhook)
    return Client(BitrixWebhook(domain=address.netloc, webhook_token=address.path.removeprefix("/rest/")))
