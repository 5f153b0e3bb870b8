# make ask    set everything up, index the articles of seeds/ and answer a question (Q="…" make ask asks another)
# make chat   open the web chat
# make test   everything the tests need, a browser included, then all tests
# make test-offline  the same tests with no network at all (Linux; TESTS=tests/test_chat.py runs some of them)
# make bench-quality  rank the test sets in DATA, with passages of DISTRACTORS among them too: benchmarks/README.md
# make test-faults  kill, fail and cut the power at every storage call: tests/faults/README.md
# make train  make the encoder anew in MINUTES from the text in DATA, measured on the sets in SETS: training/README.md
.DEFAULT_GOAL := ask
.PHONY: setup ask chat test test-setup test-slow test-offline test-faults test-kills test-readers evaluate bench-quality train clean

export Q
PYTHON ?= python3
INDEX ?= .hoibao
VENV := .venv
HOIBAO := $(VENV)/bin/hoibao
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

setup: $(VENV)/installed

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "Đang cài đặt vào $(VENV) (lần đầu mất vài phút) …"
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(INDEX)/CURRENT: $(VENV)/installed seeds/articles $(wildcard seeds/articles/*.txt) $(wildcard index/*.py index/readers/*.py)
	$(HOIBAO) build seeds/articles --index $(INDEX)

ask: $(INDEX)/CURRENT
	@$(HOIBAO) ask --index $(INDEX) "$${Q:-Khi nào mở đường bay Nam Ninh – Hải Phòng?}"; found=$$?; \
	echo; echo "Hỏi tiếp trong trình duyệt: make chat"; test $$found -le 1

chat: $(INDEX)/CURRENT
	$(HOIBAO) chat --index $(INDEX)

evaluate: $(INDEX)/CURRENT
	$(HOIBAO) evaluate seeds/questions.jsonl --index $(INDEX)

test-setup: $(VENV)/tests-installed
	@command -v chromium >/dev/null && command -v strace >/dev/null && fc-list | grep -qi noto || { \
	  echo "Đang cài Chromium, phông chữ và strace cho các phép thử …"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends \
	    chromium fontconfig fonts-noto-core fonts-noto-cjk strace libseccomp2 >/dev/null; }

$(VENV)/tests-installed: $(VENV)/installed
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

test: test-setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	@# Two files at once, each with a core of its own.
	OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE $(VENV)/bin/python -m pytest -m "not slow" -n 2 --dist loadfile

test-slow: test-setup
	$(VENV)/bin/python -m pytest -m slow

# A network of its own, in which nothing but this machine itself can be reached.
test-offline: test-setup
	unshare -rn $(VENV)/bin/python tests/offline.py -m "not slow" $(TESTS)

KILLS ?= 1000
MINUTES_READ ?= 10

test-faults: test-setup
	@# Two cores, two halves at once; each failure is one of the whole.
	@$(VENV)/bin/python -m pytest tests/faults/test_io_errors.py --every 1 & errors=$$!; \
	$(VENV)/bin/python -m pytest tests/faults -m "not slow" --every 1 --ignore tests/faults/test_io_errors.py; others=$$?; \
	wait $$errors && exit $$others

test-kills: test-setup
	$(VENV)/bin/python -m pytest tests/faults/test_random_kills.py --kills $(KILLS)

test-readers: test-setup
	$(VENV)/bin/python -m pytest tests/faults/test_readers.py --read-minutes $(MINUTES_READ)

MINUTES ?= 20
TRAINED ?= .training
DATA ?= $(firstword $(wildcard training/data ../shared/encoder/data))
SETS ?= $(firstword $(wildcard training/sets ../shared/quality))
# DATA is the text to train on, or the sets to measure, where it is given.
QUALITY = $(if $(filter file,$(origin DATA)),$(SETS),$(DATA))
# Batches take and free much memory, which jemalloc, where it is installed, keeps for the next.
JEMALLOC := $(firstword $(wildcard /usr/lib/*/libjemalloc.so.2))
KEEP_MEMORY := $(if $(JEMALLOC),LD_PRELOAD=$(JEMALLOC) MALLOC_CONF=thp:always)

train: $(VENV)/train-installed
	@test -n "$(DATA)" || { echo "Chưa có văn bản để huấn luyện: make train DATA=THƯ_MỤC (xem training/README.md)"; exit 2; }
	$(KEEP_MEMORY) OMP_WAIT_POLICY=PASSIVE $(VENV)/bin/python -m training.all --data "$(DATA)" --out "$(TRAINED)" \
	  --minutes $(MINUTES) $(if $(SETS),--sets "$(SETS)")

$(VENV)/train-installed: $(VENV)/installed
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	@touch $@

bench-quality: $(VENV)/installed
	@test -n "$(QUALITY)" || { echo "Chưa có bộ câu hỏi: make bench-quality DATA=THƯ_MỤC (xem benchmarks/README.md)"; exit 2; }
	$(VENV)/bin/python -m benchmarks.quality "$(QUALITY)" $(if $(DISTRACTORS),--distractors "$(DISTRACTORS)")

clean:
	rm -rf $(VENV) $(INDEX) $(TRAINED) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
