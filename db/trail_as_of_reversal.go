package db

import (
	"encoding/json"
	"maps"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// A reversal collects what records were before the rows of the trail that it is
// given, the earliest first.
type reversal struct {
	now         *models.Directory
	agencies    map[int64]*models.Agency
	officers    map[int64]*models.Officer
	bodies      map[int64]*models.Body
	projects    map[int64]*models.Project
	postings    map[int64]*models.Posting
	assignments map[int64]*models.Assignment
	contacts    map[int64]*models.ContactPoint
	attested    map[models.Attestation]models.Date // keyed without the day; the value is the earlier day, 0 if there was none
	moved       map[int64][]int64                  // the postings that an assignment has been in since
	// masked and restricted are the records that were so at any time since.
	masked, restricted map[int64]bool
}

func newReversal(now *models.Directory) *reversal {
	return &reversal{now: now, agencies: map[int64]*models.Agency{}, officers: map[int64]*models.Officer{}, bodies: map[int64]*models.Body{}, projects: map[int64]*models.Project{}, postings: map[int64]*models.Posting{},
		assignments: map[int64]*models.Assignment{}, contacts: map[int64]*models.ContactPoint{}, attested: map[models.Attestation]models.Date{}, moved: map[int64][]int64{}, masked: map[int64]bool{}, restricted: map[int64]bool{}}
}

// row takes a row into account. For each record, only the state before its
// first row counts.
func (r *reversal) row(row trail.Row) error {
	if kept := nounsByName[row.Noun]; kept != nil {
		return kept.revert(r, row)
	}
	if row.Noun == attestationNoun {
		return r.attestation(row)
	}
	return nil
}

// attestation takes an attestation back.
func (r *reversal) attestation(row trail.Row) error {
	about := models.Attestation{State: models.State(row.State), PostingID: row.RecordID}
	if _, known := r.attested[about]; known {
		return nil
	}
	var said struct {
		Before string `json:"before"`
	}
	if err := json.Unmarshal([]byte(*row.New), &said); err != nil {
		return err
	}
	r.attested[about] = 0
	if said.Before == "" {
		return nil
	}
	day, err := models.ParseDate(said.Before)
	r.attested[about] = day
	return err
}

// attestations returns all attestations as they were, nil if none has changed.
func (r *reversal) attestations() []models.Attestation {
	if len(r.attested) == 0 {
		return nil
	}
	all := []models.Attestation{}
	for _, a := range r.now.Attestations() {
		if _, changed := r.attested[models.Attestation{State: a.State, PostingID: a.PostingID}]; !changed {
			all = append(all, a)
		}
	}
	for a, day := range r.attested {
		if a.On = day; day != 0 {
			all = append(all, a)
		}
	}
	return all
}

func revertOne[T Record](was map[int64]*T, row trail.Row) error {
	if _, known := was[row.RecordID]; known {
		return nil
	}
	if row.Old == nil {
		was[row.RecordID] = nil
		return nil
	}
	one, err := decode[T](*row.Old, row.OldPersonal)
	was[row.RecordID] = one
	return err
}

// noteHidden notes whether a record was hidden on either side of a row.
func (r *reversal) noteHidden(row trail.Row, field string, hidden map[int64]bool) error {
	for _, text := range []*string{row.Old, row.New} {
		s, err := sideOf(text, nil)
		if err != nil {
			return err
		}
		hidden[row.RecordID] = hidden[row.RecordID] || string(s.fields[field]) == "true"
	}
	return nil
}

// delta returns the changes that take the present directory back.
func (r *reversal) delta() models.Delta {
	for id, o := range r.officers {
		if o != nil {
			o.Masked = o.Masked || r.masked[id] || r.now.Officer(id).Masked
		}
	}
	return models.Delta{Agencies: r.agencies, Officers: r.officers, Bodies: r.bodies, Projects: r.projects, Posts: r.posts(), ContactPoints: r.points(), Attestations: r.attestations()}
}

// posts returns the postings that differed, or whose assignments did.
func (r *reversal) posts() map[int64]*models.Post {
	held, touched := map[int64][]models.Assignment{}, map[int64]bool{}
	for _, p := range r.now.Posts() {
		for _, a := range p.Assignments {
			if _, changed := r.assignments[a.ID]; changed {
				touched[p.ID] = true
			} else {
				held[p.ID] = append(held[p.ID], a)
			}
		}
	}
	for id := range r.postings {
		touched[id] = true
	}
	for _, a := range r.assignments {
		if a != nil {
			held[a.PostingID] = append(held[a.PostingID], *a)
			touched[a.PostingID] = true
		}
	}
	posts := make(map[int64]*models.Post, len(touched))
	for id := range touched {
		p, changed := r.postings[id]
		if now := r.now.Post(id); !changed && now != nil {
			p = &now.Posting
		}
		if p == nil {
			posts[id] = nil
			continue
		}
		was := *p
		was.Restricted = was.Restricted || r.restrictedBy(id) || slices.ContainsFunc(held[id], func(a models.Assignment) bool {
			return slices.ContainsFunc(r.moved[a.ID], r.restrictedBy)
		})
		posts[id] = &models.Post{Posting: was, Assignments: held[id]}
	}
	return posts
}

// restrictedBy reports whether a posting is restricted now or has been since.
func (r *reversal) restrictedBy(id int64) bool {
	now := r.now.Post(id)
	return now != nil && now.Restricted || r.restricted[id]
}

// points returns all contact points as they were, nil if none has changed.
func (r *reversal) points() []models.ContactPoint {
	if len(r.contacts) == 0 {
		return nil
	}
	points := []models.ContactPoint{}
	for _, c := range r.now.ContactPoints() {
		if _, changed := r.contacts[c.ID]; !changed {
			points = append(points, c)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.contacts)) {
		if c := r.contacts[id]; c != nil {
			points = append(points, *c)
		}
	}
	return points
}
