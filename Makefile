# studyhall: `make serve` for a running site, `make test` for the whole suite.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
export HOST PORT PYTHON VENV
RUN = $(VENV)/bin/python
SERVER = $(VENV)/bin/granian --interface wsgi --host "$(HOST)" --port "$(PORT)" \
	--blocking-threads 8 --no-ws --log-level error
PINS = .ci/install $(wildcard .ci/requirements/*.txt)
QUICK = not browser and not slow and not prove

.PHONY: help serve production editor test quick prove lint format bench advisories clean

help:
	@echo "make serve       install, migrate, load the library, serve on HOST:PORT"
	@echo "make production  the same with production's settings, from the environment"
	@echo "make editor      make an account for the admin; ROLE=editor, reviewer, keeper"
	@echo "make test        the whole suite: SQLite, PostgreSQL, Chromium"
	@echo "make quick       what takes less than a minute of it"
	@echo "make prove       what takes minutes and is not in make test"
	@echo "make advisories  whether an advisory that is known applies to what is installed"
	@echo "make lint, make format, make bench, make clean"

$(VENV)/.serves: $(PINS)
	@.ci/install prod
	@touch $@

$(VENV)/.tests: $(PINS)
	@.ci/install prod,dev
	@touch $@ $(VENV)/.serves

serve: $(VENV)/.serves
	@$(RUN) .ci/port.py "$(HOST)" "$(PORT)"
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py load_library
	@echo "http://$(HOST):$(PORT)/"
	@exec $(SERVER) --workers 1 studyhall.wsgi:application

# Needs SECRET_KEY and ALLOWED_HOSTS; DATABASE_URL and CACHE_URL if wanted. HTTPS=0 is
# a trial without a proxy in front. In granian's place, after `pip install gunicorn`:
#   gunicorn --worker-class gthread --workers 2 --threads 8 \
#     --bind $(HOST):$(PORT) studyhall.wsgi:application
production: export STUDYHALL_ENV = production
production: $(VENV)/.serves
	@$(RUN) .ci/port.py "$(HOST)" "$(PORT)"
	@$(RUN) manage.py check --deploy --fail-level WARNING
	@$(RUN) manage.py collectstatic --noinput --verbosity 0
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py load_library
	@echo "http://$(HOST):$(PORT)/"
	@exec $(SERVER) --workers 2 --respawn-failed-workers studyhall.wsgi:application

editor: $(VENV)/.serves
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py make_editor $(if $(ROLE),--role "$(ROLE)")

test: $(VENV)/.tests lint
	@.ci/suite

quick: $(VENV)/.tests
	@env -u DATABASE_URL $(RUN) -m pytest -q -m "$(QUICK)"

prove: $(VENV)/.tests
	@.ci/suite prove

lint: $(VENV)/.tests
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check --quiet .
	@$(RUN) -m mypy --no-error-summary

format: $(VENV)/.tests
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

bench: $(VENV)/.tests
	@$(RUN) -m tests.bench

advisories: $(VENV)/.serves
	@$(RUN) .ci/advisories

clean:
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -not -path "./$(VENV)/*" -prune -exec rm -rf {} +
