"""How fast the tool is beside its peers: `python -m tests.benchmarks`. Nothing here passes or fails."""
