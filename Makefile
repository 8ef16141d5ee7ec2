# `make demo` and `make test` are the only set-up commands: each makes its own environment.
SHELL := /bin/bash
export UV_PYTHON_DOWNLOADS = never
unexport PYTHONDONTWRITEBYTECODE

UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --frozen

.PHONY: demo test test-slow test-local check bench clean

demo: .venv/product  ## install, index the demo company and serve it on 127.0.0.1:8000
	@$(UV) run --no-sync assistant serve --demo

test: .venv/ready  ## install and run the tests
	@$(RUN) pytest -n 2 --dist worksteal -q -m "not slow"

test-slow: .venv/ready  ## kills, full disks, changed rules and whole suites, minutes long
	@$(RUN) pytest -n 2 -q -m slow

test-local: .venv/ready  ## local models on llama-cpp-python too: built once for minutes, with a C compiler, and kept in uv's cache
	@$(RUN) --with "llama-cpp-python>=0.3.36" pytest -q tests/llm/test_contract.py

check: .venv/ready  ## everything that has to hold before a commit
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@$(RUN) pytest -n 2 --dist worksteal -q -m "not slow"

bench: .venv/ready  ## the figures of docs/figures.md, measured again
	@$(RUN) python -m benchmarks

.venv/ready: pyproject.toml uv.lock $(if $(findstring .tools,$(UV)),.tools/bin/uv)
	@$(UV) sync --frozen --quiet
	@touch $@

# what customers are served with, without the tools that test and compare it
.venv/product: pyproject.toml uv.lock $(if $(findstring .tools,$(UV)),.tools/bin/uv)
	@$(UV) sync --frozen --no-dev --inexact --quiet
	@touch $@

.tools/bin/uv:
	@python3 -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv

clean:
	rm -rf .venv .tools var reports
