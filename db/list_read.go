package db

import (
	"context"
	"iter"
	"maps"
	"math"
	"slices"

	"samband/models"
)

// Postings returns one page of the postings that pass the filter, and the
// cursors of the pages beside it. A cursor of another list or order is
// ErrCursor.
func (v Reading) Postings(ctx context.Context, f Filter, o Order, p Page) (rows []PostingRow, ends Ends, err error) {
	return pageOf(ctx, v, "postings", postingListing, Reader.postingRows, postingIn, f, o, p)
}

// Officers returns one page of the officers that pass the filter, as Postings
// does.
func (v Reading) Officers(ctx context.Context, f Filter, o Order, p Page) (rows []OfficerRow, ends Ends, err error) {
	return pageOf(ctx, v, "officers", officerListing, Reader.officerRows, officerIn, f, o, p)
}

// Assignments returns one page of the assignments that pass the filter, as
// Postings does.
func (v Reading) Assignments(ctx context.Context, f Filter, o Order, p Page) (rows []AssignmentRow, ends Ends, err error) {
	return pageOf(ctx, v, "assignments", assignmentListing, Reader.assignmentRows, assignmentIn, f, o, p)
}

// CountPostings counts the postings that pass the filter, up to most+1.
func (v Reading) CountPostings(ctx context.Context, f Filter, most int) (int, error) {
	return v.countOf(ctx, "count postings", postingListing, f, most)
}

// CountOfficers counts the officers that pass the filter, up to most+1.
func (v Reading) CountOfficers(ctx context.Context, f Filter, most int) (int, error) {
	return v.countOf(ctx, "count officers", officerListing, f, most)
}

// CountAssignments counts the assignments that pass the filter, up to most+1.
func (v Reading) CountAssignments(ctx context.Context, f Filter, most int) (int, error) {
	if f.all() && v.past == nil && most > mostLimit { // the tables would be read through
		d, err := v.Directory(ctx)
		if err != nil {
			return 0, wrap("count assignments", err)
		}
		return min(newJoiner(d, f.On).count(), most+1), nil
	}
	return v.countOf(ctx, "count assignments", assignmentListing, f, most)
}

// EachPosting yields all postings that pass the filter, as of one moment. If
// there is an error, it is yielded last.
func (v Reading) EachPosting(ctx context.Context, f Filter, o Order) iter.Seq2[PostingRow, error] {
	return eachRow(ctx, v, "postings", postingListing, Reader.postingRows, f, o)
}

// EachOfficer yields all officers that pass the filter, as EachPosting does.
func (v Reading) EachOfficer(ctx context.Context, f Filter, o Order) iter.Seq2[OfficerRow, error] {
	return eachRow(ctx, v, "officers", officerListing, Reader.officerRows, f, o)
}

// PostingIDs returns the IDs of all postings that pass the filter, in no order.
func (v Reading) PostingIDs(ctx context.Context, f Filter) ([]int64, error) {
	return v.idsOf(ctx, postingListing, f)
}

// OfficerIDs returns the IDs of all officers that pass the filter, in no order.
func (v Reading) OfficerIDs(ctx context.Context, f Filter) ([]int64, error) {
	return v.idsOf(ctx, officerListing, f)
}

// AssignmentIDs returns the IDs of all assignments that pass the filter, in no order.
func (v Reading) AssignmentIDs(ctx context.Context, f Filter) ([]int64, error) {
	return v.idsOf(ctx, assignmentListing, f)
}

func (v Reading) idsOf(ctx context.Context, l *listing, f Filter) (ids []int64, err error) {
	err = v.view(ctx, func(r Reader) error {
		r.called = f.On
		ids, err = r.passing(l, f, math.MaxInt32)
		return err
	})
	return ids, wrap("ids", err)
}

func pageOf[R any](ctx context.Context, v Reading, what string, l *listing, load func(Reader, []int64) ([]R, error),
	in func(*models.Directory, hit) (R, bool), f Filter, o Order, p Page) (rows []R, ends Ends, err error) {
	looks, err := v.looks(ctx, p.In)
	if err != nil {
		return nil, ends, wrap(what, err)
	}
	err = v.view(ctx, func(r Reader) error {
		r.called, r.looks = f.On, looks
		all, beside, err := r.page(l, f, o, p)
		if err != nil {
			return err
		}
		ends = beside
		if known, there := rowsIn(p.In, all, in); there {
			rows = known
			return nil
		}
		rows, err = load(r, idsIn(all))
		return err
	})
	return rows, ends, wrap(what, err)
}

func (v Reading) countOf(ctx context.Context, what string, l *listing, f Filter, most int) (n int, err error) {
	err = v.view(ctx, func(r Reader) (err error) {
		n, err = r.count(l, f, most)
		return err
	})
	return n, wrap(what, err)
}

func eachRow[R any](ctx context.Context, v Reading, what string, l *listing, load func(Reader, []int64) ([]R, error),
	f Filter, o Order) iter.Seq2[R, error] {
	return stream(what, func(send func(R) bool) error {
		return v.view(ctx, func(r Reader) error {
			r.called = f.On
			chosen, err := r.choose(l, f)
			if err != nil {
				return err
			}
			return chosen.all(o, func(ids []int64) (bool, error) {
				rows, err := load(r, ids)
				for _, row := range rows {
					if !send(row) {
						return false, nil
					}
				}
				return true, err
			})
		})
	})
}

// byIDs returns the records with the given IDs, by ID, and sorts ids. Parts are not
// read.
func byIDs[T Record](r Reader, ids []int64) (map[int64]*T, error) {
	found := make(map[int64]*T, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	slices.Sort(ids)
	return found, eachOf(r, "WHERE id IN ?", []any{slices.Compact(ids)}, func(one *T) error {
		found[*ID(one)] = one
		return nil
	})
}

// idsOf returns the ID that f returns for each record.
func idsOf[T any](records map[int64]*T, f func(*T) int64) []int64 {
	ids := make([]int64, 0, len(records))
	for _, one := range records {
		ids = append(ids, f(one))
	}
	return ids
}

func (r Reader) postingRows(ids []int64) ([]PostingRow, error) {
	posts, err := r.postsOf(slices.Clone(ids))
	rows := make([]PostingRow, 0, len(ids))
	for _, id := range ids {
		if p := posts[id]; p.posting != nil {
			rows = append(rows, PostingRow{*p.posting, p.agency, p.body})
		}
	}
	return rows, err
}

// A post is a posting with its sending agency and the body that hosts it, if one
// does.
type post struct {
	posting *models.Posting
	agency  *models.Agency
	body    *models.Body
}

// postsOf returns postings with their parts, as the reader may see them, by ID.
func (r Reader) postsOf(ids []int64) (map[int64]post, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	postings, err := byIDs[models.Posting](r, ids)
	if err != nil {
		return nil, err
	}
	if err := partsOf(r, postings); err != nil {
		return nil, err
	}
	agencies, err := r.agenciesOf(idsOf(postings, func(p *models.Posting) int64 { return p.AgencyID }))
	if err != nil {
		return nil, err
	}
	return r.posted(postings, agencies)
}

// posted joins postings with their agencies and bodies.
func (r Reader) posted(postings map[int64]*models.Posting, agencies map[int64]*models.Agency) (map[int64]post, error) {
	hosts := map[models.BodyKey]*models.Body{}
	for _, p := range postings {
		if p.HostBody != "" {
			hosts[p.HostBody] = nil
		}
	}
	if len(hosts) > 0 {
		bodies, err := WithParts[models.Body](r, "WHERE key IN ?", slices.Collect(maps.Keys(hosts)))
		if err != nil {
			return nil, err
		}
		for _, b := range bodies {
			if r.called != 0 {
				*b = b.On(r.called)
			}
			hosts[b.Key] = b
		}
	}
	posts := make(map[int64]post, len(postings))
	for id, p := range postings {
		r.posting(p, agencies[p.AgencyID])
		posts[id] = post{p, agencies[p.AgencyID], hosts[p.HostBody]}
	}
	return posts, nil
}

// agenciesOf returns agencies by their IDs, called as they were on the day of the
// list.
func (r Reader) agenciesOf(ids []int64) (map[int64]*models.Agency, error) {
	agencies, err := byIDs[models.Agency](r, ids)
	if err != nil {
		return nil, err
	}
	return agencies, r.nameAgencies(agencies)
}

func (r Reader) nameAgencies(agencies map[int64]*models.Agency) error {
	if err := partsOf(r, agencies); err != nil || r.called == 0 {
		return err
	}
	for _, a := range agencies {
		*a = a.On(r.called)
	}
	return nil
}

func (r Reader) officerRows(ids []int64) ([]OfficerRow, error) {
	officers, err := byIDs[models.Officer](r, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	agencies, err := r.agenciesOf(idsOf(officers, func(o *models.Officer) int64 { return o.AgencyID }))
	rows := make([]OfficerRow, 0, len(ids))
	for _, id := range ids {
		if o := officers[id]; o != nil {
			r.officer(o, agencies[o.AgencyID])
			rows = append(rows, OfficerRow{*o, agencies[o.AgencyID]})
		}
	}
	return rows, err
}

func (r Reader) assignmentRows(ids []int64) ([]AssignmentRow, error) {
	assignments, err := byIDs[models.Assignment](r, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	officers, err := byIDs[models.Officer](r, idsOf(assignments, func(a *models.Assignment) int64 { return a.OfficerID }))
	if err != nil {
		return nil, err
	}
	posts, err := r.postsOf(idsOf(assignments, func(a *models.Assignment) int64 { return a.PostingID }))
	if err != nil {
		return nil, err
	}
	own, err := r.agenciesOf(idsOf(officers, func(o *models.Officer) int64 { return o.AgencyID }))
	for _, o := range officers {
		r.officer(o, own[o.AgencyID])
	}
	rows := make([]AssignmentRow, 0, len(ids))
	for _, id := range ids {
		if a := assignments[id]; a != nil && err == nil {
			p := posts[a.PostingID]
			r.assignment(a, officers[a.OfficerID])
			rows = append(rows, AssignmentRow{*a, officers[a.OfficerID], p.posting, p.agency, p.body})
		}
	}
	return rows, err
}
