SHELL := /bin/bash
.PHONY: setup run test check lock

setup:
	@bash tools/setup.sh

run: setup
	@bash tools/run.sh

test: setup
	@bash tools/test.sh

check: setup
	@bash tools/check.sh

lock: setup
	@bash tools/lock.sh
