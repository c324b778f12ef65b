# The usual commands. Each says what it does while it does it.
#
#   make demo                      build, start a private PostgreSQL with sample data, audit it
#   make test                      all tests
#   make audit DATABASE_URL=…      audit a database of yours with audits/broadcast (SUITE=… for another suite)
#   make install PREFIX=…          put the program into PREFIX/bin

SWIFT ?= swift
PREFIX ?= /usr/local
SUITE ?= audits/broadcast
# The Swift libraries are linked in, so that the program is one file that needs Debian's C libraries only.
RELEASE = -c release --product assay --static-swift-stdlib
PROGRAM = .build/release/assay

BUILD_PACKAGES = pkg-config libpq-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libpg-query-dev libssl-dev
DEMO_PACKAGES = postgresql
BENCHMARK_PACKAGES = postgresql python3 python3-psycopg2 cmark-gfm
TEST_PACKAGES = postgresql pgbouncer chromium python3-jsonschema strace

.PHONY: demo test audit build install lint benchmark clean

demo: packages-demo build
	@echo "==> Auditing the sample data on a private PostgreSQL"
	@$(PROGRAM) demo

test: packages-test
	@echo "==> Building the program and its tests"
	@$(SWIFT) build --build-tests
	@echo "==> Running all tests"
	@$(SWIFT) test --skip-build

audit: packages-build build
	@$(PROGRAM) audit --suite $(SUITE)

build: packages-build
	@echo "==> Building assay (release); the first time this takes some minutes"
	@$(SWIFT) build $(RELEASE)

install: build
	install -D $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/assay

lint:
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Plugins Sources Tests

benchmark: packages-benchmark build
	@Benchmarks/run
	@Benchmarks/fix
	@Benchmarks/documents

clean:
	@$(SWIFT) package clean

packages-build:
	@scripts/install-packages $(BUILD_PACKAGES)

packages-demo:
	@scripts/install-packages $(BUILD_PACKAGES) $(DEMO_PACKAGES)

packages-benchmark:
	@scripts/install-packages $(BUILD_PACKAGES) $(BENCHMARK_PACKAGES)

packages-test:
	@scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)

.PHONY: packages-benchmark packages-build packages-demo packages-test
