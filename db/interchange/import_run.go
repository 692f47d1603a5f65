package interchange

import (
	"context"
	"errors"
	"maps"

	"samband/db"
	"samband/models"
)

// mostPasses bounds how often refused rows are left out, with those that depended on
// the ones before.
const mostPasses = 10

// run imports a package within a write. It is errDiscard if nothing of it is to be kept.
func run(ctx context.Context, tx *db.Tx, actor db.Actor, p *parcel, opts Options) (*importing, error) {
	if opts.Revision != 0 && opts.Revision != tx.Base() {
		return nil, ErrMoved
	}
	var before *importing
	begun := tx.IDs(0)
	for pass := 1; ; pass++ {
		im := begin(ctx, tx, actor, p, opts, before)
		if err := errors.Join(im.readAll(), im.failed); err != nil {
			return nil, err
		}
		im.check()
		if im.failed != nil {
			return nil, im.failed
		}
		refused := len(im.refused) > 0
		if refused && opts.LeaveRefused && !im.unreadableWhole() && pass < mostPasses {
			before = im
			continue
		}
		stop := refused || opts.DryRun
		if !stop {
			if err := im.apply(); err != nil {
				return nil, err
			}
		}
		im.report.Revision, im.report.Begun = tx.Base(), begun
		im.finish()
		if stop {
			return im, errDiscard
		}
		return im, nil
	}
}

// begin returns an import under way, which leaves out what one before it refused.
func begin(ctx context.Context, tx *db.Tx, actor db.Actor, p *parcel, opts Options, before *importing) *importing {
	scope := actor.Rights.Scope()
	im := &importing{ctx: ctx, tx: tx, parcel: p, opts: opts, scope: scope, limited: scope != models.Everything,
		report: Report{Files: map[string]Counts{}}, refused: map[refusedRow]bool{}, skip: map[refusedRow]bool{}, numbered: map[float64]bool{}, contactLines: map[models.ContactPoint]int{}}
	if p.book != nil {
		im.report.Notices = p.book.notices
	}
	if before == nil {
		return im
	}
	im.report.Refusals, im.report.Refused = before.report.Refusals, before.report.Refused
	im.left = before.left
	maps.Copy(im.skip, before.skip)
	for _, r := range before.rows {
		if at := (refusedRow{r.sheet, r.line}); before.refused[at] && !im.skip[at] {
			im.skip[at] = true
			im.left = append(im.left, importedRow{sheet: r.sheet, line: r.line, key: r.key})
		}
	}
	for at := range before.refused {
		im.skip[at] = true
	}
	return im
}

// unreadableWhole reports whether a file as a whole is refused.
func (im *importing) unreadableWhole() bool {
	for at := range im.refused {
		if at.line <= 1 {
			return true
		}
	}
	return false
}
