package handlers

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// faulty is a site whose database keeps what is refused by now: a posting that
// does not represent its sending state in customs matters, and an officer who
// holds it twice at once.
func faulty(t *testing.T) world {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samband.db")
	w := worldOn(newSiteOn(t, "sqlite", path))
	again := w.post("/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2027-01-01", "last_day", "2028-12-31")).follow()
	for _, change := range []string{"UPDATE representations SET matter = 'police' WHERE state = 'SE'",
		"UPDATE assignments SET first_day = '2026-12-01' WHERE id = " + strings.TrimPrefix(again, "/assignments/")} {
		if _, err := w.raw.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	w.site = newSiteOn(t, "sqlite", path)
	w.other = again
	return w
}

// Every page opens on what was kept, the queue tells of it and leads to where it
// is mended, and it is refused until it is.
func TestKeptFaultsOpen(t *testing.T) {
	t.Parallel()
	w := faulty(t)
	for _, path := range []string{"/", "/postings", "/assignments", "/officers", "/coverage", "/map", "/timeline", "/findings", "/changes", "/attestation", "/what-if", w.posting, w.posting + "/edit",
		w.assignment, w.assignment + "/edit", w.assignment + "/end", w.assignment + "/hand-over", w.holder, w.other,
		"/postings.csv", "/officers.csv", "/assignments.csv", "/coverage.csv", "/findings.csv", "/findings.ics", "/api/v1/represent?state=SE&matter=customs&place=TH"} {
		w.get(path).is(200)
	}
	w.get("/findings?kind=sending_state").says("Sending state not represented", "Sending state: Sweden. Not represented", w.posting+`/edit"`)
	w.get("/findings?kind=held_twice").says("Two assignments to one posting", "Liaison officer: Åse Lindqvist.", w.assignment+`/end"`)
	w.get("/findings?kind=sending_state&lang=sv").is(200)
	v := postingForm("version", "1", "note", "new")
	v["representations.matter"] = slices.DeleteFunc(v["representations.matter"], func(tick string) bool { return tick == "4.customs" })
	w.post(w.posting+"/edit", v).is(422).says("Missing on <time>2020-01-01</time> (customs)")
	w.post(w.other+"/end", form("version", "1", "last_day", "2027-06-30", "end_reason", "early")).is(422).says("already has an assignment to this posting", `id="last_day"`)
	w.post(w.posting+"/edit", postingForm("version", "1", "note", "new", "key", "bangkok-se-police")).follow()
	w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-11-30", "end_reason", "early")).follow()
	w.get("/findings?severity=serious").says("No findings")
}

// The form of a posting has nothing that takes the sending state off: its ticks
// are set and stay, and its days are the posting's.
func TestFormKeepsTheSendingState(t *testing.T) {
	t.Parallel()
	ticked := func(p page, row int) (ticks, days int) {
		locked := regexp.MustCompile(fmt.Sprintf(`<input type="hidden" name="representations.matter" value="%d\.(police|customs)"><input type="checkbox" [^>]*checked disabled`, row))
		day := regexp.MustCompile(fmt.Sprintf(`<input type="text" class="day" id="representations\.(first|last)_day\.%d"`, row))
		return len(locked.FindAllString(p.body, -1)), len(day.FindAllString(p.body, -1))
	}
	const sweden, finland = 4, 1
	w := newWorld(t)
	for name, p := range map[string]page{"as saved": w.get(w.posting + "/edit").is(200), "as kept once": faulty(t).get(w.posting + "/edit").is(200)} {
		if ticks, days := ticked(p, sweden); ticks != 2 || days != 0 {
			t.Errorf("%s: %d ticks of the sending state stay, and %d of its days are asked for", name, ticks, days)
		}
		if ticks, days := ticked(p, finland); ticks != 0 || days != 2 {
			t.Errorf("%s: %d ticks of another state stay, and %d of its days are asked for", name, ticks, days)
		}
	}
	v := postingForm("version", "1")
	v["representations.matter"] = []string{"0.police", "4.police"}
	p := w.post(w.posting+"/edit", v).is(422)
	if ticks, _ := ticked(p, sweden); ticks != 2 {
		t.Errorf("refused, %d ticks of the sending state stay", ticks)
	}
	v = postingForm("version", "1")
	v["representations.last_day"][sweden] = "2025-12-31"
	p = w.post(w.posting+"/edit", v).is(422).says("Missing on <time>2026-01-01</time>")
	if _, days := ticked(p, sweden); days != 2 {
		t.Error("days that are refused cannot be mended")
	}
	w.get("/what-if?act=represent&posting=" + strings.TrimPrefix(w.posting, "/postings/")).says(`<option value="SE"`)
	offered := w.get("/what-if?act=unrepresent&posting=" + strings.TrimPrefix(w.posting, "/postings/")).is(200).says(`<option value="FI"`)
	if strings.Contains(offered.body, `<option value="SE"`) {
		t.Error("what if offers to take the sending state off")
	}
	w.get(address("unrepresent posting " + strings.TrimPrefix(w.posting, "/postings/") + " state SE matter customs first_day 2027-01-01")).is(422).says("(customs)")
}

// A value is not brought back where that takes the sending state off, or lets
// one officer hold a posting twice.
func TestRestoreIsRefusedAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	row := func(path string) string {
		return regexp.MustCompile(`name="row" value="(\d+)"`).FindStringSubmatch(w.get(path).body)[1]
	}
	w.post(w.assignment+"/end", form("version", "1", "last_day", "2026-06-30", "end_reason", "early")).follow()
	w.post("/assignments", form("officer", "o-ase-lindqvist", "posting", "bangkok-se-police", "first_day", "2026-07-01")).follow()
	before := w.revision()
	w.post(w.assignment+"/restore", form("version", "2", "row", row(w.assignment), "field", "last_day")).is(422)
	w.post("/agencies", form("country", "FI", "kind", "police", "name", "KRP")).follow()
	v := postingForm("version", "1", "agency", "fi-police", "key", "bangkok-se-police")
	v["representations.matter"] = slices.DeleteFunc(v["representations.matter"], func(tick string) bool { return strings.HasPrefix(tick, "4.") })
	w.post(w.posting+"/edit", v).follow()
	w.post(w.posting+"/restore", form("version", "2", "row", row(w.posting), "field", "agency_id")).is(422)
	if trail := w.trail(before); len(trail) != 2 {
		t.Errorf("written was %q", trail)
	}
}

// A desk in Vienna that is side-accredited to Austria answers there, as one that
// is not does not; a posting that a country hosts has no other host at its side.
func TestDeskBesideItsCountry(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		s.post("/agencies", form("country", "SE", "kind", "police", "name", "Polismyndigheten")).follow()
		s.post("/officers", form("agency", "se-police", "name", "Åse Lindqvist")).follow()
		desk := postingForm("host_country", "AT", "host_city", "Vienna", "host_organisation", "unodc")
		desk["coverages.country"] = []string{"AT"}
		at := s.post("/postings", desk).follow()
		s.post("/assignments", form("officer", "o-ase-lindqvist", "posting", "unodc-se-police", "first_day", "2024-01-01", "last_day", "2028-12-31")).follow()
		const q = "state=FI&matter=customs&on=2026-11-23&place="
		s.get("/api/v1/represent?"+q+"AT").is(200).says(`"officer":"Åse Lindqvist"`, `"resident":false`)
		s.get("/api/v1/represent?"+q+"org:unodc").is(200).says(`"officer":"Åse Lindqvist"`, `"resident":true`)
		s.get("/represent?"+q+"AT").is(200).says("Åse Lindqvist", "side-accredited")
		s.get("/coverage?on=2026-11-23").is(200).says("Austria")
		s.get("/coverage.csv?on=2026-11-23").is(200).says("AT,")
		s.get("/map?state=FI&matter=customs&on=2026-11-23").is(200).says("Austria")
		s.get("/timeline").is(200).says("Åse Lindqvist", "UNODC")
		s.get(at).is(200).says("Austria")
		country := postingForm("host_country", "AT", "host_city", "Vienna")
		country["coverages.country"] = []string{"AT"}
		s.post("/postings", country).is(422).says("Austria is the host country and is already covered")
	})
}
