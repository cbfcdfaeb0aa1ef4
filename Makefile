# make run: the demo (or the bot, with BOT_TOKEN). make test: every check. Nothing else needed.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test suite lint style types imports content index docs bench bench-answers bench-danger bench-contacts
.PHONY: bench-scale soak fit audit screenshots clean

.venv/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

.venv/.test: requirements-dev.lock .venv/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

run: .venv/.run
	@if [ -n "$$BOT_TOKEN" ] || grep -qs '^BOT_TOKEN=.' .env; \
	then exec $(BIN)/bongsrey run; else exec $(BIN)/bongsrey demo; fi

lint: style types imports content

style: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.test
	$(BIN)/mypy

imports: .venv/.test
	$(BIN)/lint-imports

content: .venv/.test
	$(BIN)/bongsrey content check --all

# Built once and kept; else the tests and every bot that they start would build it side by side.
index: .venv/.test
	$(BIN)/bongsrey ask < /dev/null

# The checks side by side, then the tests, the longest first, beside the types: three at a time, for
# each waits for the disk a third of its time. That every way of asking finds its own entry takes two
# minutes: `make lint` tries it, the tests try every question.
test: .venv/.test
	$(MAKE) -j 2 index imports style
	sh tests/need_chromium.sh
	$(MAKE) -j 2 suite types

suite: .venv/.test
	$(BIN)/python -m pytest -n 3 --dist worksteal tests

docs: .venv/.test
	$(BIN)/python -m docs.draw

# The pictures of the READMEs, from the demo as it is today, into docs/screenshots or `folder=…`.
screenshots: .venv/.test
	sh tests/need_chromium.sh
	$(BIN)/python -m docs.photograph $(folder)

bench: .venv/.test
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.throughput
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.contact_filter
	$(BIN)/python -m benchmarks.broadcast

# `make bench-answers judge=judge` is a look at the street judge, and is written down.
bench-answers: .venv/.test
	$(BIN)/python -m benchmarks.answers $(judge)

# `make bench-danger judge=judge` is a look at the judge, and is written down.
bench-danger: .venv/.test
	$(BIN)/python -m benchmarks.danger $(judge)

bench-contacts: .venv/.test
	$(BIN)/python -m benchmarks.contact_filter

# One, two and four workers on a PostgreSQL database, with a kill in the midst: some six minutes.
bench-scale: .venv/.test
	$(BIN)/python -m benchmarks.scale

# 50,000 updates of 2,000 people while everything goes wrong: hours. `make soak updates=5000`
# is shorter; a short form is among the tests.
soak: .venv/.test
	$(BIN)/python -m benchmarks.soak $(updates)

fit: .venv/.test
	$(BIN)/python -m benchmarks.fit.learned
	$(BIN)/python -m benchmarks.fit.ranking
	$(BIN)/python -m benchmarks.fit.danger_model
	$(BIN)/python -m benchmarks.fit.danger_meaning
	$(BIN)/python -m benchmarks.fit.second_opinion
	$(BIN)/python -m benchmarks.fit.contact_model

# Needs a network, and says so where there is none; so it is no part of make test.
audit:
	sh tests/audit.sh $(PYTHON)

clean:
	rm -rf .venv data
