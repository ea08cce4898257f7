# make run    read corpus/ into outputs/          make lint   what CI holds the code to
# make test   run the tests                       make bench  measure speed and memory
# make wheel  build a wheel into dist/
# Each sets up .venv first where it is missing or out of date. PYTHON=/path/to/python3.11 chooses the interpreter.
.PHONY: run test lint bench wheel setup
BIN := .venv/bin
READY := .venv/.ready

run: $(READY)
	$(BIN)/kehoach run corpus --out outputs

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pipeline
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m pytest -q -s -o python_files='bench_*.py' -o python_functions='bench_*' tests/benchmarks

# build/ is made anew: what lies there from before would go into the wheel.
wheel: $(READY)
	rm -rf build dist/kehoach-*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

setup: $(READY)

$(READY): pyproject.toml requirements.lock scripts/setup.sh
	sh scripts/setup.sh
