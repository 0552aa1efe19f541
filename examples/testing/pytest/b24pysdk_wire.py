"""What b24pysdk sends for ``client.crm.deal.list(filter=…)``, and no more of it. With the SDK installed it is not used."""

import platform
import uuid
from typing import NamedTuple

import requests


class BitrixWebhook(NamedTuple):
    domain: str
    webhook_token: str


class BitrixAPIError(Exception):
    def __init__(self, answer: dict) -> None:
        super().__init__(f"{answer['error']}: {answer.get('error_description', '')}")
        self.code = answer["error"]


class Answer(NamedTuple):
    result: object
    total: int | None
    next: int | None


class Client:
    """Attributes are words of a method's name; a call sends it with its keyword arguments as parameters."""

    def __init__(self, webhook: BitrixWebhook, method: str = "") -> None:
        self._webhook = webhook
        self._method = method

    def __getattr__(self, word: str) -> "Client":
        return Client(self._webhook, f"{self._method}.{word}".lstrip("."))

    def __call__(self, **parameters) -> Answer:
        domain, token = self._webhook
        python = platform.python_version()
        response = requests.post(
            f"https://{domain}/rest/{token.strip('/')}/{self._method}.json",
            json=parameters,
            headers={
                "Accept": "application/json",
                "Accept-Charset": "utf-8",
                "Content-Type": "application/json",
                "User-Agent": f"b24-python-sdk-vendor-v-1-python-{python}",
                "X-BITRIX24-PYTHON-SDK-PYTHON-VERSION": python,
                "X-BITRIX24-PYTHON-SDK-VERSION": "1",
                "X-Request-ID": str(uuid.uuid4()),
            },
            timeout=30,
            allow_redirects=False,
        )
        answer = response.json()
        if "error" in answer:
            raise BitrixAPIError(answer)
        return Answer(answer["result"], answer.get("total"), answer.get("next"))
