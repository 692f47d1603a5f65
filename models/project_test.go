package models

import "testing"

func TestProjectRefused(t *testing.T) {
	valid := Project{ID: 1, Key: "pr-1", Body: "bstf", Area: "narcotics", Title: "Ferry lines", LeadCountry: "SE", Period: days("2020-01-01/2022-12-31"),
		Agencies: []ProjectAgency{{AgencyID: 1, Period: days("2020-01-01/2020-12-31")}, {AgencyID: 2, Period: days("2020-01-01/")}}}
	add := func(p *Project, a ProjectAgency) {
		p.Agencies = append(p.Agencies[:len(p.Agencies):len(p.Agencies)], a)
	}
	refusals[Project]{
		{"about nothing", func(p *Project) { p.Area = "" }, "area: problem.area"},
		{"about an unknown subject", func(p *Project) { p.Area = "fishing" }, "area: problem.area"},
		{"under no body", func(p *Project) { p.Body = "" }, ""},
		{"led by nobody", func(p *Project) { p.LeadCountry = "" }, "lead_country: problem.country"},
		{"led from outside the five", func(p *Project) { p.LeadCountry = "EE" }, ""},
		{"ended before it began", func(p *Project) { p.Last = p.First - 1 }, "last_day: problem.order"},
		{"begun nobody knows when", func(p *Project) { p.First = 0 }, ""},
		{"with an agency that is none", func(p *Project) { p.Agencies = []ProjectAgency{{Period: p.Period}} }, "project_agencies.agency[0]: problem.required"},
		{"with an agency before it began", func(p *Project) { p.Agencies = []ProjectAgency{{AgencyID: 1, Period: days("2019-12-31/2020-12-31")}} },
			"project_agencies.first_day[0]: problem.outside_days"},
		{"with an agency after it ended", func(p *Project) { p.Agencies = []ProjectAgency{{AgencyID: 1, Period: days("2020-12-31/2023-01-01")}} },
			"project_agencies.first_day[0]: problem.outside_days"},
		{"with an agency until before it came", func(p *Project) { p.Agencies = []ProjectAgency{{AgencyID: 1, Period: days("2020-12-31/2020-12-30")}} },
			"project_agencies.last_day[0]: problem.order"},
		{"with an agency twice on a day", func(p *Project) { add(p, ProjectAgency{AgencyID: 1, Period: days("2020-12-31/")}) }, "project_agencies.agency[2]: problem.takes_part_twice"},
		{"with an agency that came back", func(p *Project) { add(p, ProjectAgency{AgencyID: 1, Period: days("2021-01-01/")}) }, ""},
		{"with too many", func(p *Project) { p.Agencies = make([]ProjectAgency, 1001) }, "project_agencies: problem.rows"},
	}.run(t, valid, CheckProject)
	textRefusals(t, valid, CheckProject, map[string]textField[Project]{
		"key": {func(p *Project) *string { return &p.Key }, 100, true}, "title": {func(p *Project) *string { return &p.Title }, 200, true},
		"note": {func(p *Project) *string { return &p.Note }, 4000, false},
	})
}

func TestAreas(t *testing.T) {
	for _, a := range Areas() {
		if !a.Valid() {
			t.Errorf("%s is no area", a)
		}
	}
	if list := AreaCodes(" narcotics  firearms ").List(); len(list) != 2 || !AreaCodes("narcotics firearms").Has("firearms") || AreaCodes("narcotics").Has("firearms") {
		t.Errorf("listed are %v", list)
	}
	Areas()[0] = "fishing"
	if !Areas()[0].Valid() {
		t.Error("a caller can change the areas")
	}
}
