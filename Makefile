# make run    read corpus/ into outputs/          make lint   what CI holds the code to
# make test   run all tests                       make bench  measure speed and memory
# make check  the tests that a change needs       make wheel  build a wheel into dist/
# make cases  read the cases of ../shared/cases and compare them with what a clerk reads in each
# make fuzz   FUZZ_SECONDS=N (3600) for each of FUZZ (all doors), with damaged inputs; finds are left in build/fuzz/
# make types  do types generated from the schema, in Python and TypeScript, take every output? (asks pypi.org and npm)
# Each sets up .venv first where it is missing or out of date. PYTHON=/path/to/python3.11 chooses the interpreter,
# JOBS=N how many files of tests run beside each other.
.PHONY: run test check cases lint bench fuzz types wheel setup
# Tests start the command hundreds of times: without bytecode each start compiles all of it.
unexport PYTHONDONTWRITEBYTECODE
JOBS ?= 2
FUZZ ?= language restore outline extract text word pdf
FUZZ_SECONDS ?= 3600
BIN := .venv/bin
READY := .venv/.ready

run: $(READY)
	$(BIN)/kehoach run corpus --out outputs

test: $(READY)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/python -m pytest -m "not slow and not ocr"

cases: $(READY)
	@if [ -e ../shared/cases/run_cases.py ]; then \
		$(BIN)/python ../shared/cases/run_cases.py ../shared/cases --kehoach $(CURDIR)/$(BIN)/kehoach --jobs 2; \
	else echo "make cases: ../shared/cases is not here; nothing to run"; fi

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pipeline
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m pytest -q -s -o python_files='bench_*.py' -o python_functions='bench_*' tests/benchmarks

fuzz: $(READY)
	@failed=; for target in $(FUZZ); do \
		$(BIN)/python -m tests.fuzz.run $$target --seconds $(FUZZ_SECONDS) --corpus build/fuzz/corpus/$$target \
			|| failed="$$failed $$target"; \
	done; [ -z "$$failed" ] || { echo "make fuzz: something was found in:$$failed (build/fuzz/)"; exit 1; }

types:
	sh scripts/types.sh

# build/ is made anew: what lies there from before would go into the wheel.
wheel: $(READY)
	rm -rf build dist/kehoach-*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

setup: $(READY)

$(READY): pyproject.toml requirements.lock scripts/setup.sh
	sh scripts/setup.sh
