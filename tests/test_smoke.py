"""The site answers."""

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/", "/en/", "/gezond/", "/robots.txt"])
def test_page_answers(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
