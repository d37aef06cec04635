"""The generated city, with faults and without; written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.generated import generate


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city with its planted faults."""
    return generate(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="session")
def clean_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city without faults."""
    return generate(tmp_path_factory.mktemp("clean-city"), "--clean")
