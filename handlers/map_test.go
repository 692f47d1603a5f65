package handlers

import (
	"maps"
	"regexp"
	"strings"
	"testing"
)

var (
	drawn   = regexp.MustCompile(`<a class="([a-z]+)" href="#(at-[a-z-]+)">`)
	written = regexp.MustCompile(`<tr id="(at-[a-z-]+)">(?s:.*?)<span class="standing ([a-z]+)">`)
)

// The picture and the table under it tell the same, and it is what the matrix
// says of the day.
func TestMapIsItsTable(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, query := range []string{"?on=2026-11-23", "?on=2027-06-01&state=FI", "?on=2025-03-01&matter=customs"} {
		page := s.get("/map" + query).is(200)
		picture, table := map[string]string{}, map[string]string{}
		for _, m := range drawn.FindAllStringSubmatch(page.body, -1) {
			picture[m[2]] = m[1]
		}
		for _, m := range written.FindAllStringSubmatch(page.body, -1) {
			if !strings.HasPrefix(m[1], "at-org") {
				table[m[1]] = m[2]
			}
		}
		if len(picture) < 10 || !maps.Equal(picture, table) {
			t.Errorf("%s: the picture has %v, the table %v", query, picture, table)
		}
		if len(page.body) > 250_000 {
			t.Errorf("%s has %d bytes", query, len(page.body))
		}
	}
	page := s.get("/map?on=2027-02-01&state=FI&matter=customs").is(200)
	checked := 0
	for _, row := range s.get("/coverage.csv?on=2027-02-01").rows()[1:] {
		if row[4] != "FI" || row[5] != "customs" || strings.HasPrefix(row[1], "org:") {
			continue
		}
		link := `<a class="` + row[6] + `" href="/represent?matter=customs&amp;on=2027-02-01&amp;place=` + row[1] + `&amp;state=FI">`
		if strings.Contains(page.body, link) != (row[6] != "none") {
			t.Errorf("%v, but the map does not say so", row)
		}
		checked++
	}
	if checked < 10 {
		t.Errorf("only %d places are covered", checked)
	}
}

func TestMapParameters(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	for _, query := range []string{"", "?region=Europe", "?region=world", "?state=fi&matter=police&region=oceania", "?on=0001-01-01", "?on=9999-12-30", "?on=1900-01-01"} {
		s.get("/map" + query).is(200).says("The map as a table")
	}
	s.get("/map?on=1900-01-01").says("No place is covered")
	for query, says := range map[string]string{
		"on=2026-02-30": "2026-02-30", "on=yesterday": "yesterday", "state=XX": "XX", "state=DE": "DE", "matter=tax": "tax", "matter=both": "both",
		"region=atlantis": "is not a part of the map", "known=9999-12-30": "Choose today or an earlier day", "region=%3Cb%3E": "&lt;b&gt;",
	} {
		s.get("/map?" + query).is(422).says(says)
	}
	s.beginRecord("2025-12-31")
	kept := s.get("/map?on=2026-11-23&state=FI&region=africa&known=2026-01-01").is(200)
	kept.says(`href="/map?known=2026-01-01&amp;on=2026-11-23&amp;region=europe&amp;state=FI"`, `name="region" value="africa"`, `name="known" value="2026-01-01"`)
}

// Who may not see the holders of a posting is not led to them by the map.
func TestMapNamesNobody(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	s.as("partner:FI").get("/map").is(200).hides("/officers/", "/assignments/").says("Islamabad (Pakistan), NO police")
}
