"""Both YAML loaders, since the one in C is not everywhere."""

import pytest
import yaml

from flake8_bgtasks.rules import loader


@pytest.fixture(params=[loader.LOADER, yaml.SafeLoader], ids=["usual loader", "pure loader"])
def yaml_loader(request: pytest.FixtureRequest) -> loader.Loader:
    chosen: loader.Loader = request.param
    return chosen
