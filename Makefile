# `make help` lists what there is. Everything here needs Go and make only,
# except `make ci`.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
BUILD   := CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

.PHONY: help run build test bench bench-outside ci fmt lint clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name about; do printf '  make %-13s %s\n' "$$name" "$$about"; done

run: build ## build, then serve http://127.0.0.1:8080 with invented postings
	SAMBAND_DEMO=true ./samband serve

build: ## build the program, one static file
	$(BUILD) -o samband .

# go test keeps to itself why it skipped, so the lines after it say so.
test: ## run the tests; those on PostgreSQL and in a browser where there is one
	CGO_ENABLED=0 go test $(TESTFLAGS) ./...
	@[ -n "$$SAMBAND_TEST_POSTGRES" ] || echo 'skipped: the tests on PostgreSQL (SAMBAND_TEST_POSTGRES names no server)'
	@[ -n "$$SAMBAND_TEST_BROWSER" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
		command -v google-chrome >/dev/null || echo 'skipped: the tests in a browser (no Chromium here, and SAMBAND_TEST_BROWSER names none)'
	@[ -n "$$SAMBAND_TEST_AXE" ] || echo 'skipped: the checks with axe-core (SAMBAND_TEST_AXE names no axe.min.js)'
	@[ -n "$$SAMBAND_TEST_ICAL" ] || echo 'skipped: calendars and cards read by ical.js (SAMBAND_TEST_ICAL names no ical.es5.min.cjs of it)'
	@[ -n "$$SAMBAND_TEST_PYTHON" ] || python3 -c 'import vobject' 2>/dev/null || echo 'skipped: calendars and cards read by vobject (SAMBAND_TEST_PYTHON names no Python with it)'
	@[ -n "$$SAMBAND_TEST_OFFICE" ] || command -v soffice >/dev/null || echo 'skipped: what LibreOffice saves (no soffice here, and SAMBAND_TEST_OFFICE names none)'

bench: ## run the benchmarks
	CGO_ENABLED=0 go test -p 1 -timeout 1h -run '^$$' -bench . $(BENCHFLAGS) ./models ./db ./db/interchange ./views ./handlers

# The server is on the first core, and whoever asks it on the second.
bench-outside: ## measure the program as a process of its own, against a constant server and the sqlite3 shell
	CGO_ENABLED=0 go test -vet=off -c -o e2e/outside.test ./e2e
	cd e2e && taskset -c 1 ./outside.test -test.run '^$$' -test.bench Outside -test.benchtime 1x -test.v -test.timeout 3h; status=$$?; rm -f outside.test; exit $$status

ci: ## run the gate: installs what is missing on Debian, skips nothing
	.ci/run

fmt: ## format the Go files
	gofmt -w .

lint: ## look for mistakes
	go vet ./...
	go tool staticcheck ./...

clean: ## remove what `make build` made; databases stay
	rm -f samband
