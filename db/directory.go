package db

import (
	"strings"

	"samband/models"
)

// A touch is a part of a directory that a write changed: an agency, an officer, a
// body, a project, a posting with its assignments or, with ID 0, all contact points or all
// attestations.
type touch struct {
	noun string
	id   int64
}

// touched is a touch as it is stored, with the revision that made it.
type touched struct {
	Revision int64
	Noun     string
	RecordID int64
}

func (touched) TableName() string { return "touched" }

// touchedAll is the noun of a write that changed too much to name.
const touchedAll = "all"

const (
	mostTouched   = 1000 // touches: beyond that, reading everything is as fast
	keptRevisions = 1000 // how many revisions back touches are stored
)

// touchedSince returns the IDs that writes after a revision touched, by noun.
// all means that they touched too much, and that everything is to be read.
func (r Reader) touchedSince(revision int64) (ids map[string][]int64, all bool, _ error) {
	ids = map[string][]int64{}
	parts, err := rowsOf[touched](r.g).Distinct("noun", "record_id").Where("revision > ?", revision).Limit(mostTouched + 1).Find(r.ctx)
	for _, t := range parts {
		ids[t.Noun] = append(ids[t.Noun], t.RecordID)
		all = all || t.Noun == touchedAll
	}
	return ids, all || len(parts) > mostTouched, err
}

// keepTouched stores what the write has touched, and deletes the touches of
// writes more than keptRevisions ago.
func (tx *Tx) keepTouched() error {
	if len(tx.touched) > mostTouched {
		tx.touched = map[touch]struct{}{{touchedAll, 0}: {}}
	}
	in := tx.inserter("touched", []string{"revision", "noun", "record_id"})
	for t := range tx.touched {
		if err := in.add(tx.revision, t.noun, t.id); err != nil {
			return err
		}
	}
	if err := in.flush(); err != nil {
		return err
	}
	_, err := rowsOf[touched](tx.g).Where("revision <= ?", tx.revision-keptRevisions).Delete(tx.ctx)
	return err
}

// delta reads the records that were touched.
func (r Reader) delta(parts map[string][]int64) (d models.Delta, err error) {
	if d.Agencies, err = those[models.Agency](r, parts["agency"]); err != nil {
		return d, err
	}
	if d.Officers, err = those[models.Officer](r, parts["officer"]); err != nil {
		return d, err
	}
	if d.Bodies, err = those[models.Body](r, parts["body"]); err != nil {
		return d, err
	}
	if d.Projects, err = those[models.Project](r, parts["project"]); err != nil {
		return d, err
	}
	if ids := parts["posting"]; len(ids) > 0 {
		if d.Posts, err = r.posts("WHERE id IN ?", "WHERE posting_id IN ?", []any{ids}); err != nil {
			return d, err
		}
		for _, id := range ids {
			if _, there := d.Posts[id]; !there {
				d.Posts[id] = nil
			}
		}
	}
	if len(parts["contact_point"]) > 0 {
		if d.ContactPoints, err = r.contactPoints(); err != nil {
			return d, err
		}
	}
	if len(parts[attestationNoun]) > 0 {
		d.Attestations, err = r.attestations()
	}
	return d, err
}

// those returns the records with the given IDs, nil for those that are gone.
func those[T Record](r Reader, ids []int64) (map[int64]*T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found := make(map[int64]*T, len(ids))
	for _, id := range ids {
		found[id] = nil
	}
	there, err := WithParts[T](r, "WHERE id IN ?", ids)
	for _, one := range there {
		found[*ID(one)] = one
	}
	return found, err
}

// Every returns all records of a noun with their parts, by ID.
func Every[T Record](r Reader) (map[int64]*T, error) {
	all, err := gather[T](r)
	if err == nil {
		err = readParts(r, all, "")
	}
	return all, err
}

// everything reads a whole directory.
func (r Reader) everything() (d models.Delta, err error) {
	if d.Agencies, err = Every[models.Agency](r); err != nil {
		return d, err
	}
	if d.Officers, err = Every[models.Officer](r); err != nil {
		return d, err
	}
	if d.Bodies, err = Every[models.Body](r); err != nil {
		return d, err
	}
	if d.Projects, err = Every[models.Project](r); err != nil {
		return d, err
	}
	if d.Posts, err = r.posts("", "", nil); err != nil {
		return d, err
	}
	if d.ContactPoints, err = r.contactPoints(); err != nil {
		return d, err
	}
	d.Attestations, err = r.attestations()
	return d, err
}

// posts returns postings with their parts and assignments. where is the end of
// the query for the postings, hanging that of the queries for the other rows.
func (r Reader) posts(where, hanging string, args []any) (map[int64]*models.Post, error) {
	posts, postings := map[int64]*models.Post{}, map[int64]*models.Posting{}
	err := eachOf(r, where, args, func(p *models.Posting) error {
		post := &models.Post{Posting: *p}
		posts[p.ID], postings[p.ID] = post, &post.Posting
		return nil
	})
	if err != nil {
		return nil, err
	}
	within := strings.Replace(hanging, "posting_id", "%s", 1)
	if err := readParts(r, postings, within, args...); err != nil {
		return nil, err
	}
	absences, err := r.absences(hanging, args)
	if err != nil {
		return nil, err
	}
	return posts, eachOf(r, hanging, args, func(a *models.Assignment) error {
		post := posts[a.PostingID]
		a.Absences = absences[a.ID].Absences
		post.Assignments = append(post.Assignments, *a)
		return nil
	})
}

func (r Reader) contactPoints() ([]models.ContactPoint, error) {
	points := []models.ContactPoint{} // nil would mean no change
	err := Each(r, []string{"id"}, func(c *models.ContactPoint) error {
		points = append(points, *c)
		return nil
	})
	return points, err
}
