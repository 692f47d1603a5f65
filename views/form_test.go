package views

import (
	"strings"
	"testing"

	"samband/models"
)

// filledPosting is the form of a posting with all five states, two of which
// say more than the others.
func filledPosting() PostingInput {
	in := PostingInput{Values: Values{"agency": "se-police", "host_country": "TH", "host_city": "Bangkok", "opened": "2010-01-01"}}
	for _, state := range models.States() {
		in.AddRepresentation(string(state), models.Both, "", "", "")
	}
	in.CoverageCountry, in.CoverageFirst = []string{"VN"}, []string{"2012-03-04"}
	return in
}

func TestStaleFormComparesWhatIsFilledIn(t *testing.T) {
	s := testSite(t)
	d, _ := testDirectory()
	stale := func(change func(yours *PostingInput)) []StaleField {
		yours, saved := filledPosting(), filledPosting()
		change(&yours)
		return s.PostingForm("en", Filled[PostingInput]{ID: 3, Input: yours, Saved: &saved}, d, d.Agencies()).Stale
	}
	for _, c := range []struct {
		name   string
		change func(*PostingInput)
		want   []StaleField
	}{
		{"the same", func(*PostingInput) {}, nil},
		{"more empty rows", func(in *PostingInput) {
			in.AddRepresentation("", "", "", "", "")
			in.CoverageCountry = append(in.CoverageCountry, "", "")
			in.SuspensionFirst = append(in.SuspensionFirst, "")
		}, nil},
		{"another city", func(in *PostingInput) { in.Values["host_city"] = "Chiang Mai" }, []StaleField{{"City", "Chiang Mai", "Bangkok"}}},
		{"a matter less", func(in *PostingInput) {
			in.RepresentationMatter = in.RepresentationMatter[1:]
		}, []StaleField{{"Represents", "Denmark · Customs", "Denmark · Police · Customs"}}},
		{"a further country", func(in *PostingInput) {
			in.CoverageCountry, in.CoverageFirst, in.CoverageLast = append(in.CoverageCountry, "LA"), append(in.CoverageFirst, ""), []string{"", "2020-01-31"}
		}, []StaleField{{"Side-accredited countries", "Vietnam · First day 2012-03-04\nLaos · Last day 2020-01-31", "Vietnam · First day 2012-03-04"}}},
	} {
		got := stale(c.change)
		if len(got) != len(c.want) {
			t.Errorf("%s: %q", c.name, got)
			continue
		}
		for i, w := range c.want {
			g := got[i]
			// Of the table of states the first row is enough.
			yours, _, _ := strings.Cut(g.Yours, "\nFinland")
			saved, _, _ := strings.Cut(g.Saved, "\nFinland")
			if g.Label != w.Label || yours != w.Yours || saved != w.Saved {
				t.Errorf("%s: %q, want %q", c.name, g, w)
			}
		}
	}
}

func TestProblemsLeadToTheirFields(t *testing.T) {
	s := testSite(t)
	d, _ := testDirectory()
	in := filledPosting()
	form := s.PostingForm("en", Filled[PostingInput]{Input: in, Problems: models.Problems{
		{Field: "host_city", Row: -1, Message: models.Say("problem.long", "most", 100)},
		{Field: "coverages.country", Row: 0, Message: models.Say("problem.country", "value", "QQ")},
		{Field: "representations.first_day", Row: 1, Message: models.Say("problem.date")},
		{Field: "representations", Row: -1, Message: models.Say("problem.rows", "most", 9)},
		{Field: "no_such", Row: 4, Message: models.Say("problem.required")},
	}}, d, d.Agencies())
	var got []string
	for _, p := range form.Problems {
		got = append(got, p.ID+" | "+p.Label+" | "+p.Text)
	}
	want := []string{
		"host_city | City | Use at most 100 characters.",
		"representations.first_day.1 | First day, Finland | Enter a date, for example 2026-11-23.",
		"representations | Represents | Use at most 9 rows.",
		"coverages.country.0 | Country, row 1 | “QQ” is not a known country code. Enter a code such as TH.",
		" |  | Fill in this field.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
