package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"samband/models"
)

// Plans returns all plans that an account may see, as it sees them, the latest
// first.
func (v Reading) Plans(ctx context.Context, account int64) (seen []models.Plan, err error) {
	var all []models.Plan
	err = v.s.View(ctx, func(r Reader) (err error) {
		all, err = r.plans("")
		return err
	})
	if err != nil {
		return nil, wrap("plans", err)
	}
	d, err := v.Directory(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p, sees := v.scope.Plan(p, account, d); sees {
			seen = append(seen, p)
		}
	}
	return seen, nil
}

// Plan returns a plan as an account sees it, ErrNotFound if it may not see it.
func (v Reading) Plan(ctx context.Context, id, account int64) (p models.Plan, err error) {
	err = v.s.View(ctx, func(r Reader) (err error) {
		p, err = r.plan(id)
		return err
	})
	if err != nil {
		return models.Plan{}, wrap("plan", err)
	}
	d, err := v.Directory(ctx)
	if err != nil {
		return models.Plan{}, err
	}
	p, sees := v.scope.Plan(p, account, d)
	if !sees {
		err = wrap("plan", ErrNotFound)
	}
	return p, err
}

func (r Reader) plan(id int64) (models.Plan, error) {
	found, err := r.plans("id = ?", id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return models.Plan{}, err
	}
	return found[0], nil
}

// plans returns the plans that meet a condition, all if it is "", with their
// owners, the latest first.
func (r Reader) plans(where string, args ...any) ([]models.Plan, error) {
	q := rowsOf[models.Plan](r.g).Order("id DESC")
	if where != "" {
		q = q.Where(where, args...)
	}
	all, err := q.Find(r.ctx)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, p := range all {
		ids = append(ids, p.Owner)
	}
	owners, err := byIDs[models.Account](r, ids)
	for i, p := range all {
		if owner := owners[p.Owner]; owner != nil {
			all[i].Email, all[i].Rights = owner.Email, owner.Rights
		}
	}
	return all, err
}

// stepEnd separates the steps of a plan: no text that is kept may contain it.
const stepEnd = "\x1e"

// stepsText returns steps as they are stored.
func stepsText(steps []models.Step) string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = s.String()
	}
	return strings.Join(lines, stepEnd)
}

// parseSteps reads what stepsText wrote.
func parseSteps(kept string) (steps []models.Step, _ error) {
	for line := range strings.SplitSeq(kept, stepEnd) {
		step, ok := models.ParseStep(line)
		if !ok {
			return nil, fmt.Errorf("no step: %q", line)
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// KeepPlan saves a plan: as a new one of the actor's if it has no ID. Only its
// owner and coordinators of all five states may change a plan; anybody else is
// ErrForbidden. p.Revision, if given, is that of the directory that the plan
// was looked over in; it is capped at, and defaults to, the present one.
func (tx *Tx) KeepPlan(p *models.Plan) error {
	shown := p.Revision
	if !tx.actor.Rights.Holds(models.Coordinator) || tx.actor.Account == 0 {
		return ErrForbidden
	}
	if err := models.CheckPlan(*p).Err(); err != nil {
		return err
	}
	p.Revision = tx.revision - 1
	if shown > 0 {
		p.Revision = min(shown, p.Revision)
	}
	if p.ID == 0 {
		p.ID, p.Version, p.Owner = tx.IDs(1), 1, tx.actor.Account
		if err := rowsOf[models.Plan](tx.g).Create(tx.ctx, p); err != nil {
			return err
		}
		return noteReplacing[models.Plan](tx, planEvent("keep", *p, false), text10(p.ID), nil)
	}
	kept, err := tx.ownPlan(p.ID, p.Version)
	if err != nil {
		return err
	}
	p.Version, p.Owner = p.Version+1, kept.Owner
	if err := replace(tx, p); err != nil {
		return err
	}
	return noteReplacing(tx, planEvent("keep", *p, false), text10(p.ID), &kept)
}

// DiscardPlan removes a plan.
func (tx *Tx) DiscardPlan(id int64, version int) error {
	p, err := tx.ownPlan(id, version)
	if err != nil {
		return err
	}
	return tx.dropPlan("discard", p)
}

func (tx *Tx) dropPlan(action string, p models.Plan) error {
	if err := tx.one(rowsOf[models.Plan](tx.g).Where("id = ?", p.ID).Delete(tx.ctx)); err != nil {
		return err
	}
	return noteReplacing(tx, planEvent(action, p, true), text10(p.ID), &p)
}

// ownPlan returns a plan that the actor may change: ErrNotFound, ErrForbidden,
// or ErrStale if its version is another.
func (tx *Tx) ownPlan(id int64, version int) (models.Plan, error) {
	p, err := tx.plan(id)
	switch {
	case err != nil:
		return p, err
	case !p.ChangedBy(tx.actor.Account, tx.actor.Rights):
		return p, ErrForbidden
	case p.Version != version:
		return p, ErrStale
	}
	return p, nil
}

// planEvent returns what the trail notes of a plan. The name may identify somebody,
// so it is kept as personal; everything else about the plan is only committed to.
func planEvent(action string, p models.Plan, gone bool) Event {
	vouched := []string{"gone", text10(p.ID)}
	if !gone {
		vouched = []string{"version", text10(int64(p.Version)), "name", p.Name, "account", text10(p.Owner), "note", p.Note,
			"steps", stepsText(p.Steps), "revision", text10(p.Revision)}
	}
	return Event{Action: action, Noun: "plan", ID: p.ID, About: []any{"steps", len(p.Steps)}, Filter: p.Name, Vouched: vouched}
}

// erasePlans removes from plans any text that names an erased officer, and the
// reasons of steps about that officer.
func (tx *Tx) erasePlans(officer int64, names func(string) bool) error {
	all, err := tx.plans("")
	if err != nil {
		return err
	}
	for _, p := range all {
		was := p
		was.Steps = slices.Clone(p.Steps)
		if names(p.Name) {
			p.Name = "–"
		}
		if names(p.Note) {
			p.Note = ""
		}
		for i, s := range p.Steps {
			if names(s.Reason) || s.Officer == officer {
				p.Steps[i].Reason = ""
			}
		}
		if p.Name == was.Name && p.Note == was.Note && slices.Equal(p.Steps, was.Steps) {
			continue
		}
		if err := replace(tx, &p); err != nil {
			return err
		}
		if err := tx.Note(planEvent("keep", p, false)); err != nil {
			return err
		}
	}
	return nil
}

// Now returns the directory as the reader sees it, like Directory, and its
// revision.
func (v Reading) Now(ctx context.Context) (*models.Directory, int64, error) {
	k, err := v.s.snapshot(ctx)
	if err != nil {
		return nil, 0, err
	}
	return k.as(v.scope), k.revision, nil
}

// Carried is what carrying steps out has changed: postings, and the row of the trail
// by which it is known (see Tx.Changed).
type Carried struct {
	Postings []int64
	Row      int64
}

// CarryOut carries out steps, all or nothing, on the directory of a revision,
// and returns what has changed. It is ErrStale if that revision is no
// longer the present one. Steps that are refused are models.Problems, with
// their place among the steps as row. A plan is removed afterwards if it has
// exactly these steps and the actor may change it; 0 for no plan.
func (s *Store) CarryOut(ctx context.Context, actor Actor, revision int64, steps []models.Step, plan int64) (Carried, error) {
	k, err := s.snapshot(ctx)
	if err != nil {
		return Carried{}, err
	}
	if k.revision != revision {
		return Carried{}, ErrStale
	}
	if !actor.Rights.MayTake(steps, k.directory) {
		return Carried{}, ErrForbidden
	}
	draft, problems := models.Try(k.directory, steps)
	if err := problems.Err(); err != nil {
		return Carried{}, err
	}
	done := Carried{Postings: draft.Posts()}
	err = s.Write(ctx, actor, func(tx *Tx) error {
		on, err := tx.follows(k.moment)
		if err != nil {
			return err
		}
		if !on || tx.revision != revision+1 {
			return ErrStale
		}
		if err := tx.carryOut(draft.Writes); err != nil {
			return err
		}
		done.Row = tx.Changed()
		if plan == 0 {
			return nil
		}
		return tx.carriedOut(plan, steps)
	})
	return done, err
}

// carriedOut removes the plan whose steps have been carried out. It stays if
// its steps differ by now, or if the actor may not change it; the latter is
// noted in the trail.
func (tx *Tx) carriedOut(plan int64, steps []models.Step) error {
	p, err := tx.plan(plan)
	if err != nil || !slices.Equal(p.Steps, steps) {
		return err
	}
	if !p.ChangedBy(tx.actor.Account, tx.actor.Rights) {
		return tx.Note(planEvent("carry_out", p, false))
	}
	return tx.dropPlan("carry_out", p)
}

// carryOut writes what a draft of the present directory worked out, in order. A
// record that is written twice takes the version that its first write produced.
func (tx *Tx) carryOut(writes []models.Write) error {
	versions := map[int64]int{}
	for _, w := range writes {
		switch {
		case w.Posting != nil:
			p := *w.Posting
			if v := versions[p.ID]; v != 0 {
				p.Version = v
			}
			if err := tx.SavePosting(&p); err != nil {
				return err
			}
			versions[p.ID] = p.Version
		case w.Withdrawn != nil:
			a := *w.Withdrawn
			if v := versions[a.ID]; v != 0 {
				a.Version = v
			}
			if err := tx.RemoveAssignment(a.ID, a.Version); err != nil {
				return err
			}
		default:
			a := *w.Assignment
			a.ID = max(a.ID, 0) // a negative ID is a new assignment
			if v := versions[a.ID]; v != 0 {
				a.Version = v
			}
			if err := tx.SaveAssignment(&a); err != nil {
				return err
			}
			versions[a.ID] = a.Version
		}
	}
	return nil
}

// Touched returns the postings and officers that have changed since a revision,
// or all if too much has changed to say.
func (s *Store) Touched(ctx context.Context, revision int64) (postings, officers []int64, all bool, err error) {
	err = s.View(ctx, func(r Reader) error {
		c, err := r.counters()
		if err != nil {
			return err
		}
		ids, much, err := r.touchedSince(revision)
		postings, officers, all = ids[postingKind.noun], ids[officerKind.noun], much || revision < c.Revision-keptRevisions
		return err
	})
	return postings, officers, all, wrap("touched", err)
}
