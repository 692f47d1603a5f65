package models

import (
	"maps"
	"testing"
)

func TestTextsOfARecord(t *testing.T) {
	p := Posting{ID: 3, Version: 2, Key: "bangkok", AgencyID: 7, HostCountry: "TH", HostCity: "Bangkok", HostBody: "europol", Opened: 738000, Closed: Forever, Restricted: true, Note: "a\nb"}
	want := map[string]string{"key": "bangkok", "host_country": "TH", "host_city": "Bangkok", "host_organisation": "europol",
		"opened": Date(738000).String(), "closed": "", "restricted": "yes", "role": "", "areas": "", "note": "a\nb"}
	texts := Texts(&p)
	if !maps.Equal(texts, want) {
		t.Errorf("got %v, want %v", texts, want)
	}
	back := Posting{ID: 3, Version: 2, AgencyID: 7}
	if ps := SetTexts(&back, func(name string) string { return texts[name] }); len(ps) > 0 || Texts(&back)["note"] != p.Note || back.Closed != Forever || !back.Restricted || back.AgencyID != 7 {
		t.Errorf("read again it is %+v, %v", back, ps)
	}
	a := Assignment{Period: Period{First: 1, Last: Forever}, PlannedLast: Forever}
	if got := Texts(&a); got["last_day"] != "" || got["planned_last_day"] != "9999-12-31" {
		t.Errorf("an open day and one that was planned are %q", got)
	}
}

func TestSetTexts(t *testing.T) {
	form := map[string]string{"key": " k ", "host_country": " th", "host_city": " Chiang Mai ", "host_organisation": "EUROPOL", "opened": "2026-02-30",
		"closed": " 2027-01-01 ", "restricted": "maybe", "note": " a\r\n b \r"}
	p := Posting{Closed: 5, Opened: 9}
	ps := SetTexts(&p, func(name string) string { return form[name] })
	if len(ps) != 2 || !ps.Has("opened") || !ps.Has("restricted") || ps[0].Key != "problem.date" || ps[1].Key != "problem.yes_no" {
		t.Errorf("what is wrong is %v", ps)
	}
	want := Posting{Key: "k", HostCountry: "TH", HostCity: "Chiang Mai", HostBody: "europol", Closed: p.Closed, Note: " a\n b \n"}
	if p.Closed.String() != "2027-01-01" || p.Key != want.Key || p.HostCountry != want.HostCountry || p.HostCity != want.HostCity ||
		p.HostBody != want.HostBody || p.Note != want.Note || p.Opened != 0 || p.Restricted {
		t.Errorf("got %+v", p)
	}
	for text, yes := range map[string]bool{"Yes": true, "TRUE": true, "1": true, " no ": false, "0": false, "": false, "false": false} {
		var got bool
		if wrong := SetText(&got, InFiles{}, text); wrong != nil || got != yes {
			t.Errorf("%q is %t, %v", text, got, wrong)
		}
	}
}
