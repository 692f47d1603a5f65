package handlers

import (
	"net/url"
	"strings"
	"testing"
)

// absence is the form of one absence, after an empty row.
func absence(version, first, last, standIn string) url.Values {
	return url.Values{"version": {version}, "absences.first_day": {"", first}, "absences.last_day": {"", last}, "absences.stand_in": {"", standIn}}
}

// An absence is entered with a stand-in by name, place or key, refused at its row of
// the form, and told by the answer, the posting, the calendar and the API.
func TestAbsence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := postingForm("key", "manila-se-police", "host_city", "Manila")
	v.Set("host_country", "PH")
	w.post("/postings", v).follow()
	w.post("/assignments", form("officer", "o-lars-odegard", "posting", "manila-se-police", "first_day", "2025-01-01", "key", "a-manila")).follow()
	at := w.assignment + "/absences"
	w.get(at).is(200).says(`name="absences.stand_in"`, `data-suggest="stand_in"`)
	for says, v := range map[string]url.Values{
		"Choose days within the assignment": absence("1", "2026-12-01", "2027-01-31", ""),
		"Choose an assignment of another":   absence("1", "2026-12-01", "2026-12-05", "a-bangkok-se-police-1"),
		"Nobody Known":                      absence("1", "2026-12-01", "2026-12-05", "Nobody Known"),
	} {
		p := w.post(at, v).is(422).says(says)
		if !strings.Contains(p.body, `href="#absences.`) || !strings.Contains(p.body, `.1"`) {
			t.Errorf("%s: at no row of the form", says)
		}
	}
	for _, standIn := range []string{"Manila", "lars odegard", "a-manila"} {
		w.post(at, absence(w.versionOf("assignments"), "2026-11-20", "2026-12-05", standIn)).follow()
	}
	w.post(at, absence("1", "2026-11-21", "2026-12-06", "")).is(409)
	w.get(w.assignment).is(200).says("Lars Ödegård", "2026-12-05")
	w.get(w.posting).is(200).says("Absences", "Lars Ödegård")
	w.get("/represent?state=FI&matter=customs&place=VN&on=2026-11-23").is(200).says("absent until", "Absent holder: Åse Lindqvist – Bangkok (Thailand), SE police")
	api := w.get("/api/v1/represent?state=FI&matter=customs&place=VN&on=2026-11-23").is(200)
	api.says(`"absent":{"until":"2026-12-05"}`, `"stands_in_for":"a-bangkok-se-police-1"`, `"posting":"bangkok-se-police"`)
	if strings.Index(api.body, `"assignment":"a-manila"`) > strings.Index(api.body, `"absent":`) {
		t.Error("the absent one comes first")
	}
	w.get("/findings.ics").is(200).says("DTSTART;VALUE=DATE:20261120", "DTEND;VALUE=DATE:20261206")
	w.get("/coverage?on=2026-11-23").is(200).says("side")
	w.post(at, absence(w.versionOf("assignments"), "2026-11-20", "2026-12-05", "")).follow()
	w.get("/coverage?on=2026-11-23").is(200).says("absent")
	w.get("/what-if?act=absent&assignment=" + strings.TrimPrefix(w.assignment, "/assignments/") + "&first_day=2026-06-01&last_day=2026-06-05&stand_in=Manila&try=1").follow()
}

// An agency that becomes one for seats only takes its officers out of the answers
// that they gave as stand-ins abroad, and a finding leads to where that is mended.
func TestStandInsAgencyChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/bodies", form("key", "opc", "kind", "committee", "name", "OPC")).follow()
	guard := w.post("/agencies", form("key", "se-guard", "country", "SE", "kind", "customs", "name", "Kustbevakningen")).follow()
	w.post("/officers", form("agency", "se-guard", "key", "o-bo", "name", "Bo Kust")).follow()
	w.post("/postings", form("agency", "se-guard", "host_organisation", "opc", "role", "expert", "opened", "2020-01-01", "key", "seat")).follow()
	w.post("/assignments", form("officer", "o-bo", "posting", "seat", "first_day", "2024-01-01", "key", "a-bo")).follow()
	w.post(w.assignment+"/absences", absence("1", "2026-11-20", "2026-12-05", "a-bo")).follow()
	const ask = "/api/v1/represent?state=FI&matter=customs&place=TH&on=2026-11-23"
	w.get(ask).is(200).says("Bo Kust")
	w.get("/timeline").is(200).says("Stand-in: Bo Kust")
	w.get("/findings?kind=no_stand_in").hides("Bo Kust")
	w.post(guard+"/edit", form("version", "1", "country", "SE", "kind", "coast_guard", "name", "Kustbevakningen")).follow()
	w.get(ask).is(200).hides("Bo Kust")
	w.get("/timeline").is(200).hides("Stand-in: Bo Kust")
	w.get("/findings?kind=no_stand_in").says("Stand-in: Bo Kust, who does not count here", w.assignment+`/absences"`)
	w.get(w.assignment + "/absences").is(200).says("(a-bo)")
	w.post(w.assignment+"/absences", absence("2", "2026-11-20", "2026-12-05", "a-bo")).is(422).says("Choose a police or customs officer")
}

// versionOf returns the version of the first record of a table.
func (w world) versionOf(table string) (version string) {
	w.t.Helper()
	if err := w.raw.QueryRow("SELECT version FROM " + table + " ORDER BY id LIMIT 1").Scan(&version); err != nil {
		w.t.Fatal(err)
	}
	return version
}

// Officers whose own account is tied enter their own absence, and nobody else's.
func TestOwnAbsence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.post("/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2026-12-01")).follow()
	own := w.account("ase@example.org", "partner:SE")
	own.get(w.assignment + "/absences").is(403)
	w.post(w.holder+"/tie", form("account", "ase@example.org")).follow()
	own.get(w.assignment).is(200).says(w.assignment + "/absences").hides(w.assignment + "/edit")
	own.get("/account").is(200).says("Your postings", w.assignment+"/absences")
	own.post(w.assignment+"/absences", absence("1", "2026-11-20", "2026-12-05", "")).follow()
	own.post(other+"/absences", absence("1", "2026-12-02", "2026-12-05", "")).is(403)
	own.post(w.assignment+"/edit", form("version", "2")).is(403)
	w.as("coordinator:DK").post(w.assignment+"/absences", absence("2", "2026-11-20", "2026-12-05", "")).is(403)
}

// Whoever may not know a holder is told neither who is absent nor for whom somebody
// stands in; that somebody does is told.
func TestAbsenceOfHiddenHolders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/bodies", form("key", "opc", "kind", "committee", "name", "OPC")).follow()
	seat := form("agency", "se-police", "host_organisation", "opc", "role", "delegate", "opened", "2020-01-01", "key", "seat")
	w.post("/postings", seat).follow()
	seat.Set("key", "restricted-seat")
	seat.Set("restricted", "true")
	w.post("/postings", seat).follow()
	w.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "masked", "true")).follow()
	masked := w.post("/assignments", form("officer", "o-zyxwana", "posting", "seat", "first_day", "2024-01-01", "key", "a-masked")).follow()
	hidden := w.post("/assignments", form("officer", "o-lars-odegard", "posting", "restricted-seat", "first_day", "2024-01-01", "key", "a-concealed")).follow()
	for _, at := range []string{masked, hidden} {
		w.post(at+"/absences", absence("1", "2026-11-20", "2026-12-05", "a-bangkok-se-police-1")).follow()
	}
	ask := "/api/v1/represent?state=SE&matter=police&place=org:opc&on=2026-11-23"
	w.get(ask).is(200).says("Zyxwana", "Lars Ödegård", `"stands_in_for":"a-concealed"`)
	partner := w.as("partner:FI")
	partner.get(ask).is(200).says(`"officer":"Åse Lindqvist"`, `"absent":{"until":"2026-12-05"}`).hides("Zyxwana", "Ödegård", "stands_in_for", "a-concealed")
	for _, page := range []string{"/bodies/opc?on=2026-11-23", "/api/v1/bodies/opc?on=2026-11-23", "/represent?state=SE&matter=police&place=org:opc&on=2026-11-23",
		w.assignment, "/timeline?seating=seat", "/findings", "/changes?state=SE&from=2026-01-01&to=2026-11-23", "/postings.csv?seating=seat"} {
		if p := partner.get(page).is(200); strings.Contains(p.body, "Zyxwana") || strings.Contains(p.body, "a-concealed") {
			t.Errorf("%s tells of a hidden holder: %s", page, p.body)
		}
	}
	partner.get("/findings.ics").is(200).hides("Zyxwana")
}
