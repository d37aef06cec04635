# A fresh machine needs Python 3.11 or later and make; everything else comes with `make venv`.

# A command may exist and not run (a version manager's shim), so each candidate is asked.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint generated bench lock clean

help:
	@echo 'make demo       見本の報告を点検して結果を見せる'
	@echo 'make test       すべての検査（lint とテスト）'
	@echo 'make lint       書式・型・依存方向の検査だけ'
	@echo 'make generated  規則と事実の表の一覧、見本の出るはずの指摘を作り直す'
	@echo 'make bench      速さを測る'
	@echo 'make lock       requirements.lock を作り直す'
	@echo 'make clean      作られたものを消す'

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 以降が見つかりません。PYTHON=… で指定してください。' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Each folder must get its own verdict: the exit codes are 0, 1 and 3, and no other.
demo: $(STAMP)
	$(BIN)/jisseki-check check --as-of 2026-05-31 examples/clean
	@echo
	$(BIN)/jisseki-check check --as-of 2026-05-31 examples/faulty || test $$? -eq 1
	@echo
	$(BIN)/jisseki-check check --as-of 2026-05-31 examples/unreadable || test $$? -eq 3

test: lint
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

generated: $(STAMP)
	$(BIN)/python -m jisseki_check.catalogue
	$(BIN)/python -m jisseki_check.facts.reference
	$(BIN)/python -m tests.proof
	$(BIN)/python -m tests.example_files

# REPORTS and SCALE set how many reports are checked; DATA keeps them in a folder for the next time.
bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks $(if $(REPORTS),--reports $(REPORTS)) $(if $(SCALE),--scale $(SCALE)) \
		$(if $(DATA),--data $(DATA))

lock: $(STAMP)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev --extra all --output-file requirements.lock pyproject.toml
	for peer in $(basename $(wildcard tests/benchmarks/peers/*.in)); do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate --output-file $$peer.txt $$peer.in || exit 1; done

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .venv-bench $(VENV)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
