package handlers

import (
	"io"

	"samband/db"
	"samband/models"
	"samband/views"
)

var postingRecords = records[db.PostingRow]{
	listing: postingList, of: models.PostingList,
	page: db.Reading.Postings, each: db.Reading.EachPosting, ids: db.Reading.PostingIDs, count: db.Reading.CountPostings,
	line: func(s *server, d *models.Directory, on models.Date, r *db.PostingRow) views.Line {
		post := d.Post(r.ID)
		if post == nil { // removed since the rows were read
			post = &models.Post{Posting: r.Posting, Body: r.Body}
		}
		line := views.Line{ID: r.ID, Post: post, Name: s.site.PostingTitle(views.Languages()[0], post, d.Sending(post))}
		for _, a := range post.HoldersOn(on) {
			line.Terms = append(line.Terms, views.LineOf(d, post, a))
		}
		return line
	},
	known: func(d *models.Directory, has func(int64) bool) (rows []db.PostingRow) {
		for _, p := range d.Posts() {
			if has(p.ID) {
				sending := d.Sending(p)
				rows = append(rows, db.PostingRow{Posting: p.Posting, Agency: &sending, Body: p.Body})
			}
		}
		return rows
	},
	begin: func(s *server, w io.Writer, a views.About) (*views.File, func(*models.Directory, *db.PostingRow) error) {
		file := s.site.PostingsFile(w, a)
		return file, func(d *models.Directory, r *db.PostingRow) error {
			post := d.Post(r.ID)
			if post == nil {
				post = &models.Post{Posting: r.Posting}
			}
			var holders []models.Officer
			for _, held := range post.HoldersOn(a.On) {
				holders = append(holders, d.Officer(held.OfficerID))
			}
			return file.Posting(&r.Posting, r.Agency, post.StatusOn(a.On), holders)
		}
	},
}

var officerRecords = records[db.OfficerRow]{
	listing: officerList, of: models.OfficerList,
	page: db.Reading.Officers, each: db.Reading.EachOfficer, ids: db.Reading.OfficerIDs, count: db.Reading.CountOfficers,
	line: func(s *server, d *models.Directory, on models.Date, r *db.OfficerRow) views.Line {
		line := views.Line{ID: r.ID, Officer: r.Officer, Name: s.site.OfficerName(views.Languages()[0], r.Officer, *r.Agency)}
		for _, a := range d.Served(r.ID) {
			if post := d.Post(a.PostingID); a.Has(on) && post.Life().Has(on) {
				line.Terms = append(line.Terms, views.LineOf(d, post, a))
			}
		}
		return line
	},
	known: func(d *models.Directory, has func(int64) bool) (rows []db.OfficerRow) {
		for _, o := range d.Officers() {
			if o.ID > 0 && has(o.ID) {
				own := d.Agency(o.AgencyID)
				rows = append(rows, db.OfficerRow{Officer: o, Agency: &own})
			}
		}
		return rows
	},
	begin: func(s *server, w io.Writer, a views.About) (*views.File, func(*models.Directory, *db.OfficerRow) error) {
		file := s.site.OfficersFile(w, a)
		return file, func(_ *models.Directory, r *db.OfficerRow) error { return file.Officer(&r.Officer, r.Agency) }
	},
}

var assignmentRecords = records[db.AssignmentRow]{
	listing: assignmentList, of: models.AssignmentList,
	page: db.Reading.Assignments, each: db.Reading.EachAssignment, ids: db.Reading.AssignmentIDs, count: db.Reading.CountAssignments,
	line: func(s *server, d *models.Directory, _ models.Date, r *db.AssignmentRow) views.Line {
		post := d.Post(r.PostingID)
		if post == nil {
			post = &models.Post{Posting: *r.Posting, Body: r.Body}
		}
		term := views.AssignmentLine{Assignment: r.Assignment, Officer: *r.Officer, Own: d.Agency(r.Officer.AgencyID), Posting: post, Agency: *r.Agency}
		lang := views.Languages()[0]
		return views.Line{ID: r.ID, Post: post, Terms: []views.AssignmentLine{term},
			Name: s.site.OfficerName(lang, *r.Officer, *r.Agency) + ", " + s.site.PostingTitle(lang, post, *r.Agency)}
	},
	known: func(d *models.Directory, has func(int64) bool) (rows []db.AssignmentRow) {
		for _, p := range d.Posts() {
			sending := d.Sending(p)
			for _, a := range p.Assignments {
				if has(a.ID) {
					o := d.Officer(a.OfficerID)
					rows = append(rows, db.AssignmentRow{Assignment: a, Officer: &o, Posting: &p.Posting, Agency: &sending, Body: p.Body})
				}
			}
		}
		return rows
	},
	begin: func(s *server, w io.Writer, a views.About) (*views.File, func(*models.Directory, *db.AssignmentRow) error) {
		file := s.site.AssignmentsFile(w, a)
		return file, func(_ *models.Directory, r *db.AssignmentRow) error {
			return file.Assignment(&r.Assignment, r.Officer, r.Posting, r.Agency)
		}
	},
}
