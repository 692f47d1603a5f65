package db

import (
	"fmt"

	"samband/models"
)

// A joiner makes rows from a directory as somebody sees it. Agencies and bodies are
// called as they were on a day, or as they are if that is 0. What rows share is made
// once.
type joiner struct {
	d        *models.Directory
	called   models.Date
	agencies map[int64]*models.Agency
	bodies   map[models.BodyKey]*models.Body
	large    map[int64]map[int64]int // where assignments to postings with many are, by posting and ID

	// Of the last row.
	post   *models.Post
	agency *models.Agency
	body   *models.Body
	at     int // among the post's assignments
}

// manyTerms are more assignments to one posting than are looked through in turn.
const manyTerms = 64

func newJoiner(d *models.Directory, called models.Date) *joiner {
	return &joiner{d: d, called: called, agencies: map[int64]*models.Agency{}, bodies: map[models.BodyKey]*models.Body{},
		large: map[int64]map[int64]int{}}
}

// assignment returns the row of an assignment to a posting.
func (j *joiner) assignment(id, posting int64) (row AssignmentRow, err error) {
	if j.post == nil || j.post.ID != posting {
		j.of(j.d.Post(posting))
	}
	if j.post == nil || !j.find(id) {
		return row, fmt.Errorf("assignment %d to posting %d is not in the directory", id, posting)
	}
	return j.row(), nil
}

// of makes a post that of the next row.
func (j *joiner) of(p *models.Post) {
	if j.post, j.at = p, 0; p != nil {
		j.agency, j.body = j.agencyOf(p.AgencyID), j.bodyOf(p.HostBody)
	}
}

// row returns the row of the assignment at which j is.
func (j *joiner) row() (row AssignmentRow) {
	row.Assignment, row.Posting, row.Agency, row.Body = j.post.Assignments[j.at], &j.post.Posting, j.agency, j.body
	row.Absences = nil // lists do not tell them
	row.Officer = j.d.SharedOfficer(row.OfficerID)
	return row
}

// find moves at to an assignment of the post, and reports whether it is there. Rows
// often come in the order of a post's assignments.
func (j *joiner) find(id int64) bool {
	all := j.post.Assignments
	if len(all) < manyTerms {
		for range all {
			if j.at >= len(all) {
				j.at = 0
			}
			if all[j.at].ID == id {
				return true
			}
			j.at++
		}
		return false
	}
	index := j.large[j.post.ID]
	if index == nil {
		index = make(map[int64]int, len(all))
		for i := range all {
			index[all[i].ID] = i
		}
		j.large[j.post.ID] = index
	}
	var there bool
	j.at, there = index[id]
	return there
}

func (j *joiner) agencyOf(id int64) *models.Agency {
	if a := j.agencies[id]; a != nil {
		return a
	}
	a := j.d.Agency(id)
	if j.called != 0 {
		a = a.On(j.called)
	}
	j.agencies[id] = &a
	return &a
}

// bodyOf returns the body with a key, nil for none.
func (j *joiner) bodyOf(key models.BodyKey) *models.Body {
	b, known := j.bodies[key]
	if known {
		return b
	}
	if b = j.d.Body(key); b != nil && j.called != 0 {
		called := b.On(j.called)
		b = &called
	}
	j.bodies[key] = b
	return b
}
