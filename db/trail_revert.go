package db

import (
	"encoding/json"
	"maps"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// An undo gathers what records were before the rows of the trail that it is
// given, the earliest first.
type undo struct {
	now         *models.Directory
	agencies    map[int64]*models.Agency
	officers    map[int64]*models.Officer
	postings    map[int64]*models.Posting
	assignments map[int64]*models.Assignment
	contacts    map[int64]*models.ContactPoint
	attested    map[models.Attestation]models.Date // without its day: that before, 0 if there was none
	moved       map[int64][]int64                  // the postings that an assignment was in since
	// masked and restricted are those that were so at some time since.
	masked, restricted map[int64]bool
}

func newUndo(now *models.Directory) *undo {
	return &undo{now: now, agencies: map[int64]*models.Agency{}, officers: map[int64]*models.Officer{}, postings: map[int64]*models.Posting{},
		assignments: map[int64]*models.Assignment{}, contacts: map[int64]*models.ContactPoint{}, attested: map[models.Attestation]models.Date{}, moved: map[int64][]int64{}, masked: map[int64]bool{}, restricted: map[int64]bool{}}
}

// row takes a row into account: of each record, only what was before its first
// row counts.
func (u *undo) row(l trail.Row) error {
	if kept := nounsByName[l.Noun]; kept != nil {
		return kept.takeBack(u, l)
	}
	if l.Noun == attestationNoun {
		return u.attestation(l)
	}
	return nil
}

// attestation takes back what was said about a list.
func (u *undo) attestation(l trail.Row) error {
	about := models.Attestation{State: models.State(l.State), PostingID: l.RecordID}
	if _, known := u.attested[about]; known {
		return nil
	}
	var said struct {
		Before string `json:"before"`
	}
	if err := json.Unmarshal([]byte(*l.New), &said); err != nil {
		return err
	}
	u.attested[about] = 0
	if said.Before == "" {
		return nil
	}
	day, err := models.ParseDate(said.Before)
	u.attested[about] = day
	return err
}

// attestations returns all that had been said, nil if that has not changed.
func (u *undo) attestations() []models.Attestation {
	if len(u.attested) == 0 {
		return nil
	}
	all := []models.Attestation{}
	for _, a := range u.now.Attestations() {
		if _, changed := u.attested[models.Attestation{State: a.State, PostingID: a.PostingID}]; !changed {
			all = append(all, a)
		}
	}
	for a, day := range u.attested {
		if a.On = day; day != 0 {
			all = append(all, a)
		}
	}
	return all
}

func undoOne[T Record](was map[int64]*T, l trail.Row) error {
	if _, known := was[l.RecordID]; known {
		return nil
	}
	if l.Old == nil {
		was[l.RecordID] = nil
		return nil
	}
	one, err := decode[T](*l.Old, l.OldPersonal)
	was[l.RecordID] = one
	return err
}

// hides notes whether a record was hidden on either side of a row.
func (u *undo) hides(l trail.Row, field string, hidden map[int64]bool) error {
	for _, text := range []*string{l.Old, l.New} {
		s, err := sideOf(text, nil)
		if err != nil {
			return err
		}
		hidden[l.RecordID] = hidden[l.RecordID] || string(s.fields[field]) == "true"
	}
	return nil
}

// delta returns what takes the directory of now back.
func (u *undo) delta() models.Delta {
	for id, o := range u.officers {
		if o != nil {
			o.Masked = o.Masked || u.masked[id] || u.now.Officer(id).Masked
		}
	}
	return models.Delta{Agencies: u.agencies, Officers: u.officers, Posts: u.posts(), ContactPoints: u.points(), Attestations: u.attestations()}
}

// posts returns the postings that were otherwise, or held otherwise.
func (u *undo) posts() map[int64]*models.Post {
	held, touched := map[int64][]models.Assignment{}, map[int64]bool{}
	for _, p := range u.now.Posts() {
		for _, a := range p.Assignments {
			if _, changed := u.assignments[a.ID]; changed {
				touched[p.ID] = true
			} else {
				held[p.ID] = append(held[p.ID], a)
			}
		}
	}
	for id := range u.postings {
		touched[id] = true
	}
	for _, a := range u.assignments {
		if a != nil {
			held[a.PostingID] = append(held[a.PostingID], *a)
			touched[a.PostingID] = true
		}
	}
	posts := make(map[int64]*models.Post, len(touched))
	for id := range touched {
		p, changed := u.postings[id]
		if now := u.now.Post(id); !changed && now != nil {
			p = &now.Posting
		}
		if p == nil {
			posts[id] = nil
			continue
		}
		was := *p
		was.Restricted = was.Restricted || u.restrictedBy(id) || slices.ContainsFunc(held[id], func(a models.Assignment) bool {
			return slices.ContainsFunc(u.moved[a.ID], u.restrictedBy)
		})
		posts[id] = &models.Post{Posting: was, Assignments: held[id]}
	}
	return posts
}

// restrictedBy reports whether a posting is restricted by now, or was since.
func (u *undo) restrictedBy(id int64) bool {
	now := u.now.Post(id)
	return now != nil && now.Restricted || u.restricted[id]
}

// points returns all contact points as they were, nil if none has changed.
func (u *undo) points() []models.ContactPoint {
	if len(u.contacts) == 0 {
		return nil
	}
	points := []models.ContactPoint{}
	for _, c := range u.now.ContactPoints() {
		if _, changed := u.contacts[c.ID]; !changed {
			points = append(points, c)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(u.contacts)) {
		if c := u.contacts[id]; c != nil {
			points = append(points, *c)
		}
	}
	return points
}
