package handlers

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestOneActOnManyRecords(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := worldOn(newSite(t))
		number := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
		other := number(w.post("/postings", postingForm("key", "hanoi", "host_city", "Hanoi", "host_country", "VN", "coverages.country", "")).follow())
		next := number(w.post("/assignments", form("officer", "o-lars-odegard", "posting", "hanoi", "first_day", "2025-01-01", "last_day", "2026-12-31")).follow())
		posting, term := number(w.posting), number(w.assignment)
		many := func(list, act string, ids []string, more ...string) url.Values {
			v := form(append([]string{"list", list, "act", act}, more...)...)
			v["id"] = ids
			return v
		}
		for _, c := range []struct {
			name string
			form url.Values
			says string // in the file of everything, afterwards
		}{
			{"by months", many("assignments", "extend", []string{term, next}, "months", "6"), "2027-06-30"},
			{"to a day", many("assignments", "extend", []string{term, next}, "last_day", "2028-01-31"), "2028-01-31"},
			{"the holders of postings", many("postings", "extend", []string{posting, other}, "last_day", "2028-01-31"), "2028-01-31"},
			{"an end", many("assignments", "end", []string{term, next}, "last_day", "2026-11-30", "reason", "budget"), "budget"},
			{"areas", many("postings", "areas", []string{posting, other}, "areas", "narcotics"), "narcotics"},
			{"a restriction", many("postings", "restrict", []string{posting, other}, "restricted", "yes"), ""},
		} {
			before, revision := w.exported(), w.revision()
			w.get("/bulk?"+c.form.Encode()).is(200).says("Bangkok", "Hanoi")
			c.form.Set("preview", "1")
			told := w.post("/bulk", c.form).is(200)
			if w.revision() != revision {
				t.Fatalf("%s: being told changes something", c.name)
			}
			c.form.Del("preview")
			c.form.Set("mark", aMark.FindStringSubmatch(told.body)[1])
			if to := w.post("/bulk", c.form).follow(); to != "/"+c.form.Get("list") {
				t.Errorf("%s leads to %s", c.name, to)
			}
			if w.revision() != revision+1 || len(w.trail(revision)) != 2 {
				t.Errorf("%s: %q in more than one write", c.name, w.trail(revision))
			}
			after := w.exported()
			if after == before || strings.Count(after, c.says) < strings.Count(before, c.says)+2 && c.says != "" {
				t.Errorf("%s: not done: %s", c.name, after)
			}
			w.post(w.lastChange(), nil).follow()
			if got := w.exported(); got != before {
				t.Errorf("%s, taken back, leaves\n%s\nbefore it was\n%s", c.name, got, before)
			}
		}
		before := len(w.trail(0))
		w.post("/bulk", many("postings", "confirm", []string{posting, other})).follow()
		if got := w.trail(0)[before:]; !slices.Equal(got, []string{"attest attestation ", "attest attestation "}) {
			t.Errorf("confirmed: %q", got)
		}
	})
}

// If one of them fails, nothing is done, and it is named.
func TestAnActThatFailsOnOneOfMany(t *testing.T) {
	t.Parallel()
	w := worldOn(newSite(t))
	number := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	next := number(w.post("/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2027-01-01", "last_day", "2027-03-31")).follow())
	posting, term := number(w.posting), number(w.assignment)
	empty := number(w.post("/postings", postingForm("key", "hanoi", "host_city", "Hanoi", "host_country", "VN", "coverages.country", "")).follow())
	before, revision := w.exported(), w.revision()
	for _, c := range []struct {
		name, list, act string
		ids             []string
		more            []string
		status          int
		says            string
	}{
		{"a day that one has passed", "assignments", "extend", []string{term, next}, []string{"last_day", "2027-03-31"}, 422, "Lars Ödegård – Bangkok (Thailand), SE police: The term already lasts until <time>2027-03-31"},
		{"an end before the first day", "assignments", "end", []string{term, next}, []string{"last_day", "2026-11-30", "reason", "x"}, 422, "Lars Ödegård"},
		{"a posting that nobody holds", "postings", "end", []string{posting, empty}, []string{"last_day", "2026-11-30", "reason", "x"}, 422, "Hanoi"},
		{"no day and no months", "assignments", "extend", []string{term}, nil, 422, `id="last_day-about"`},
		{"a day and months", "assignments", "extend", []string{term}, []string{"last_day", "2028-01-01", "months", "6"}, 422, "not both"},
		{"words for months", "assignments", "extend", []string{term}, []string{"months", "six"}, 422, "whole number"},
		{"very many months", "assignments", "extend", []string{term}, []string{"months", "121"}, 422, "from 1 to 120"},
		{"no reason", "assignments", "end", []string{term}, []string{"last_day", "2026-11-30"}, 422, `id="reason-about"`},
		{"nothing chosen", "assignments", "end", nil, []string{"last_day", "2026-11-30", "reason", "x"}, 422, "Nothing is chosen"},
		{"a record that is not there", "assignments", "end", []string{term, "4711"}, []string{"last_day", "2026-11-30", "reason", "x"}, 404, ""},
		{"no number", "assignments", "end", []string{"x"}, nil, 400, ""},
		{"an act that the list does not have", "assignments", "areas", []string{term}, nil, 400, ""},
		{"a list that is none", "officers", "end", []string{term}, nil, 400, ""},
	} {
		v := form(append([]string{"list", c.list, "act", c.act}, c.more...)...)
		v["id"] = c.ids
		for _, preview := range []string{"", "1"} {
			v.Set("preview", preview)
			if p := w.post("/bulk", v).is(c.status); !strings.Contains(p.body, c.says) {
				t.Errorf("%s: the page does not say %q: %.3000s", c.name, c.says, p.body)
			}
		}
	}
	v := form("list", "assignments", "act", "extend", "months", "6")
	v["id"] = []string{term}
	w.as("coordinator:DK").post("/bulk", v).is(422).says("belongs to another state")
	w.as("partner:SE").post("/bulk", v).is(403)
	if w.exported() != before || w.revision() != revision {
		t.Error("something was done")
	}
}
