package handlers

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"
)

// BenchmarkCalendar compares an event of a calendar that has as many as a calendar can
// with a line of a page of a list, both over HTTP.
func BenchmarkCalendar(b *testing.B) {
	const rounds = 10
	server := benchSite(b, 20_000)
	each := func(path, part string) (took time.Duration, parts int) {
		begun := time.Now()
		for range rounds {
			answer, err := http.Get(server.URL + path)
			if err != nil {
				b.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if parts = bytes.Count(body, []byte(part)); err != nil || parts == 0 {
				b.Fatal(path, answer.Status, err)
			}
		}
		return time.Since(begun) / time.Duration(rounds*parts), parts
	}
	each("/calendar.ics?of=all", "BEGIN:VEVENT") // the first works out what the others find
	for b.Loop() {
		line, _ := each("/assignments?status=any&sort=place", `<a href="/assignments/`)
		event, events := each("/calendar.ics?of=all", "BEGIN:VEVENT")
		b.ReportMetric(float64(events), "events")
		b.ReportMetric(float64(event.Nanoseconds())/1000, "µs/event")
		b.ReportMetric(float64(line.Nanoseconds())/1000, "µs/line")
		b.ReportMetric(float64(event)/float64(line), "x_line")
	}
	b.ReportMetric(0, "ns/op")
}
