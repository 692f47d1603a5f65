package db

import "samband/models"

var _ = declare(kind[models.Project]{
	noun:  "project",
	parts: []part[models.Project]{partFrom(func(p *models.Project) *[]models.ProjectAgency { return &p.Agencies })},
	key:   func(p models.Project) string { return p.Key },
	check: models.CheckProject,
	save:  (*Tx).SaveProject,
	drop:  (*Tx).RemoveProject,
	state: func(_ *Tx, p models.Project) (models.State, error) {
		if lead := models.State(p.LeadCountry); lead.Valid() {
			return lead, nil
		}
		return "", nil // no state's here: the secretariat's
	},
	words:   func(p models.Project) (string, string) { return "project", p.Key + " " + p.Title },
	touches: func(p models.Project) touch { return touch{"project", p.ID} },
	before:  func(r *reversal) map[int64]*models.Project { return r.projects },
})

// SaveProject creates p with its agencies, or updates it if it has an ID. What the
// rules object to is models.Problems.
func (tx *Tx) SaveProject(p *models.Project) error {
	old, err := stored(tx, p)
	if err != nil {
		return err
	}
	if p.Key == "" && old != nil {
		p.Key = old.Key
	}
	if p.Key == "" {
		if p.Key, err = freeKey[models.Project](tx, madeKey(p.Title)); err != nil {
			return err
		}
	}
	problems := Check(*p)
	if err := keyTaken(tx, &problems, p); err != nil {
		return err
	}
	body, err := tx.body(p.Body)
	if err != nil {
		return err
	}
	if p.Body != "" && body.ID == 0 {
		problems = append(problems, models.Problem{Field: "body", Row: -1, Message: models.Say("problem.body", "value", string(p.Body))})
	}
	for i, a := range p.Agencies {
		var unknown models.Problems
		if _, err := existing[models.Agency](tx, &unknown, "project_agencies.agency", a.AgencyID); err != nil {
			return err
		}
		for _, u := range unknown {
			u.Row = i
			problems = append(problems, u)
		}
	}
	return keep(tx, old, p, problems)
}

// RemoveProject removes a project.
func (tx *Tx) RemoveProject(id int64, version int) error {
	p, err := current[models.Project](tx, id, version)
	if err != nil {
		return err
	}
	return remove(tx, p)
}
