package db

import (
	"slices"

	"samband/models"
)

// A hit is a row of a list that is not read yet.
type hit struct {
	id, in int64 // see listing
	at     []any // its sort values
}

// idsIn returns the IDs of rows.
func idsIn(rows []hit) []int64 {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	return ids
}

// rowsIn takes rows from a directory. It reports whether d has all of them: it may be
// older than what was found.
func rowsIn[R any](d *models.Directory, all []hit, in func(*models.Directory, hit) (R, bool)) ([]R, bool) {
	if d == nil {
		return nil, false
	}
	rows := make([]R, 0, len(all))
	for _, f := range all {
		row, there := in(d, f)
		if !there {
			return nil, false
		}
		rows = append(rows, row)
	}
	return rows, true
}

func postingIn(d *models.Directory, f hit) (PostingRow, bool) {
	p := d.Post(f.id)
	if p == nil {
		return PostingRow{}, false
	}
	sending := d.Sending(p)
	return PostingRow{p.Posting, &sending, p.Body}, sending.ID != 0
}

func officerIn(d *models.Directory, f hit) (OfficerRow, bool) {
	o := d.Officer(f.id)
	own := d.Agency(o.AgencyID)
	return OfficerRow{o, &own}, o.ID == f.id && own.ID != 0
}

func assignmentIn(d *models.Directory, f hit) (row AssignmentRow, there bool) {
	p := d.Post(f.in)
	if p == nil {
		return row, false
	}
	i := slices.IndexFunc(p.Assignments, func(a models.Assignment) bool { return a.ID == f.id })
	if i < 0 {
		return row, false
	}
	a := p.Assignments[i]
	o, sending := d.Officer(a.OfficerID), d.Sending(p)
	return AssignmentRow{a, &o, &p.Posting, &sending, p.Body}, o.ID == a.OfficerID && sending.ID != 0
}
