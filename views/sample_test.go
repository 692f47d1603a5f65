package views

import "samband/models"

// testDirectory is a small directory with the cases that pages show: a Swedish
// posting in Bangkok with a handover, a gap, a suspension and a successor, one
// of its officers masked, as somebody sees it who may not know of him or her.
func testDirectory() (*models.Directory, *models.Post) {
	day := func(s string) models.Date {
		d, err := models.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	agencies := map[int64]*models.Agency{
		1: {ID: 1, Key: "se-police", Country: models.Sweden, Kind: models.PoliceAgency, Name: "Polismyndigheten", NameEn: "Swedish Police Authority",
			Acronym: "NOA", Period: models.Period{First: day("2015-01-01"), Last: models.Forever}},
		2: {ID: 2, Key: "fi-customs", Country: models.Finland, Kind: models.CustomsAgency, Name: "Tulli", NameEn: "Finnish Customs",
			Period: models.Period{Last: day("2030-12-31")}},
	}
	officers := map[int64]*models.Officer{
		11: {ID: 11, Key: "o-ase", AgencyID: 1, Name: "Åse <Lindqvist>", Rank: "kriminalkommissarie", Email: "ase@example.org", Phone: "+468465004"},
		12: {ID: 12, Key: "o-canary", AgencyID: 2, Name: "Canary Toivonen", Rank: "canary", Email: "canary@example.org", Phone: "canary", Masked: true},
	}
	post := &models.Post{
		Posting: models.Posting{ID: 21, Key: "bangkok-se-police", AgencyID: 1, HostCountry: "TH", HostCity: "Bangkok", Opened: day("2010-01-01"),
			Closed: models.Forever, Note: "=note, with \"quotes\"", Representations: models.Posting{Opened: day("2010-01-01")}.Represents(""),
			Coverages:   []models.Coverage{{Country: "VN", Period: models.Period{First: day("2010-01-01"), Last: models.Forever}}},
			Suspensions: []models.Suspension{{Period: models.Period{First: day("2015-01-01"), Last: day("2015-02-28")}, Reason: "Unrest"}}},
		Assignments: []models.Assignment{
			{ID: 31, Key: "a-1", OfficerID: 11, PostingID: 21, Period: models.Period{First: day("2010-01-01"), Last: day("2013-12-31")}, PlannedLast: day("2012-12-31"), EndReason: "extended"},
			{ID: 32, Key: "a-2", OfficerID: 12, PostingID: 21, Period: models.Period{First: day("2014-06-01"), Last: models.Forever}, Note: "note"},
		},
	}
	d := models.NewDirectory(models.Delta{Agencies: agencies, Officers: officers, Posts: map[int64]*models.Post{21: post},
		ContactPoints: []models.ContactPoint{{ID: 41, State: models.Finland, Matter: models.Customs, Name: "Tulli", Phone: "+358", Email: "tulli@example.org", Hours: "24/7"}}})
	d = d.Seen(models.Scope{})
	return d, d.Post(21)
}

// testAttestation is a page of two lists, with a row that has changed in every way.
func testAttestation(s *Site, d *models.Directory, post *models.Post, day models.Date) Attestation {
	line := Line{Directory: d, On: day, ID: post.ID, Post: post, Findings: 2, Terms: []AssignmentLine{LineOf(d, post, post.Assignments[0])}}
	changes := make([]AttestedChange, mostAttestedChanges+2)
	for i := range changes {
		changes[i] = AttestedChange{On: day, Action: "update", Noun: "assignment", Fields: []models.FieldChange{{Field: "last_day", Old: "2026-01-01", New: "2027-01-01"}, {Field: "note", Withheld: true}}}
	}
	row := s.AttestedRow("en", line, Fresh{On: post.Opened - 1, Due: true}, changes)
	return Attestation{State: models.Sweden, Within: 183, After: "2026-01-01.7", Next: "2026-02-01.9", Revision: 4, Changed: []FieldProblem{{ID: "p-21", Label: "Bangkok", Text: "Changed."}},
		Lists: []AttestedList{{models.Freshness{State: models.Sweden, Open: 1, Overdue: 1, Since: day}, []AttestedRow{row}}, {Freshness: models.Freshness{State: models.Norway, Open: 3}}}}
}
