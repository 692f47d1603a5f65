package models

// A Project is work that agencies of several states do together in an area,
// under a body or none.
type Project struct {
	ID          int64   `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version     int     `as:"-"`
	Key         string  `as:",code" told:"open"`
	Body        BodyKey `told:"open"` // "" for none
	Area        Area    `told:"open"`
	Title       string  `told:"open"`
	LeadCountry Country `told:"open"` // its coordinators keep the project, or else those of all five
	Period              // a zero First: not known
	Note        string  `as:",long" told:"open"`

	Agencies []ProjectAgency `gorm:"-" told:"open"`
}

// A ProjectAgency is an agency that takes part in a project on some days.
type ProjectAgency struct {
	ID        int64 `gorm:"primaryKey;autoIncrement:false" as:"-"`
	ProjectID int64 `as:"project" told:"open"`
	AgencyID  int64 `as:"agency" told:"open"`
	Period
}

// CheckProject returns what is wrong with a project by itself.
func CheckProject(p Project) Problems {
	var ps Problems
	ps.key(p.Key)
	if !p.Area.Valid() {
		ps.add("area", "problem.area", "value", string(p.Area))
	}
	ps.text("title", p.Title, 200, true)
	if !p.LeadCountry.Valid() {
		ps.add("lead_country", "problem.country", "value", string(p.LeadCountry))
	}
	ps.order(-1, "last_day", p.Period)
	ps.text("note", p.Note, 4000, false)
	if len(p.Agencies) > maxRows {
		ps.add("project_agencies", "problem.rows", "most", maxRows)
	}
	if len(ps) > 0 {
		return ps
	}
	for i, a := range p.Agencies {
		if a.AgencyID == 0 {
			ps.addRow(i, "project_agencies.agency", "problem.required")
		}
		ps.during(i, "project_agencies", a.Period, p.Period)
		for _, b := range p.Agencies[:i] {
			if a.AgencyID == b.AgencyID && a.Overlaps(b.Period) {
				ps.addRow(i, "project_agencies.agency", "problem.takes_part_twice")
				break
			}
		}
	}
	return ps
}
