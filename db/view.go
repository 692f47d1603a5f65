package db

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"

	"samband/models"
)

// Views returns the views of a list that an account with these rights sees, its own
// first, by name.
func (s *Store) Views(ctx context.Context, list models.List, account int64, rights models.Rights) (seen []models.View, err error) {
	err = s.View(ctx, func(r Reader) error {
		usual, err := orNone(rowsOf[usualView](r.g).Where("account_id = ? AND list = ?", account, string(list)).Take(r.ctx))
		if err != nil {
			return err
		}
		seen, err = r.views("list = ?", string(list))
		seen = slices.DeleteFunc(seen, func(v models.View) bool { return !v.SeenBy(account, rights) })
		for i := range seen {
			seen[i].Usual = seen[i].ID == usual.ViewID
		}
		return err
	})
	slices.SortFunc(seen, func(a, b models.View) int {
		if own := a.Owner == account; own != (b.Owner == account) {
			if own {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return seen, wrap("views", err)
}

// KeptView returns a view, ErrNotFound if an account with these rights does not see
// it.
func (s *Store) KeptView(ctx context.Context, id, account int64, rights models.Rights) (v models.View, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		v, err = r.keptView(id, account, rights)
		return err
	})
	return v, wrap("view", err)
}

func (r Reader) keptView(id, account int64, rights models.Rights) (models.View, error) {
	found, err := r.views("id = ?", id)
	if err == nil && (len(found) == 0 || !found[0].SeenBy(account, rights)) {
		err = ErrNotFound
	}
	if err != nil {
		return models.View{}, err
	}
	return found[0], nil
}

// views returns the views that meet a condition, with their owners.
func (r Reader) views(where string, args ...any) ([]models.View, error) {
	all, err := rowsOf[models.View](r.g).Where(where, args...).Find(r.ctx)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, v := range all {
		ids = append(ids, v.Owner)
	}
	owners, err := byIDs[models.Account](r, ids)
	for i, v := range all {
		if owner := owners[v.Owner]; owner != nil {
			all[i].Email = owner.Email
		}
	}
	return all, err
}

// KeepView saves a view: as a new one of the actor's if it has no ID. names is as in
// models.CheckView. Whoever may not change the view, or share it so, is ErrForbidden.
func (tx *Tx) KeepView(v *models.View, names bool) error {
	if tx.actor.Account == 0 || !tx.actor.Rights.Reads() {
		return ErrForbidden
	}
	if err := models.CheckView(*v, names).Err(); err != nil {
		return err
	}
	if !tx.actor.Rights.MayShare(v.Shared) {
		return ErrForbidden
	}
	if v.ID == 0 {
		v.ID, v.Version, v.Owner = tx.IDs(1), 1, tx.actor.Account
		if err := rowsOf[models.View](tx.g).Create(tx.ctx, v); err != nil {
			return err
		}
		return noteReplacing[models.View](tx, viewEvent("keep", *v, false), text10(v.ID), nil)
	}
	kept, err := tx.ownView(v.ID, v.Version)
	if err != nil {
		return err
	}
	v.Version, v.Owner, v.List = kept.Version+1, kept.Owner, kept.List
	if err := replace(tx, v); err != nil {
		return err
	}
	return noteReplacing(tx, viewEvent("keep", *v, false), text10(v.ID), &kept)
}

// DiscardView removes a view.
func (tx *Tx) DiscardView(id int64, version int) error {
	v, err := tx.ownView(id, version)
	if err != nil {
		return err
	}
	if _, err := rowsOf[usualView](tx.g).Where("view_id = ?", id).Delete(tx.ctx); err != nil {
		return err
	}
	if err := tx.one(rowsOf[models.View](tx.g).Where("id = ?", id).Delete(tx.ctx)); err != nil {
		return err
	}
	return noteReplacing(tx, viewEvent("discard", v, true), text10(v.ID), &v)
}

// ownView returns a view that the actor may change: ErrNotFound, ErrForbidden, or
// ErrStale if its version is another.
func (tx *Tx) ownView(id int64, version int) (models.View, error) {
	v, err := tx.keptView(id, tx.actor.Account, tx.actor.Rights)
	switch {
	case err != nil:
		return v, err
	case !v.ChangedBy(tx.actor.Account, tx.actor.Rights):
		return v, ErrForbidden
	case v.Version != version:
		return v, ErrStale
	}
	return v, nil
}

// viewEvent returns what the trail notes of a view. The name may identify somebody, so
// it is kept as personal; everything else is only committed to.
func viewEvent(action string, v models.View, gone bool) Event {
	vouched := []string{"gone", text10(v.ID)}
	if !gone {
		vouched = []string{"version", text10(int64(v.Version)), "name", v.Name, "account", text10(v.Owner), "list", string(v.List),
			"query", v.Query, "shared", string(v.Shared)}
	}
	return Event{Action: action, Noun: "view", ID: v.ID, About: []any{"list", string(v.List), "shared", string(v.Shared)}, Filter: v.Name, Vouched: vouched}
}

// eraseViews removes from views the names and the parameters that name an erased
// officer.
func (tx *Tx) eraseViews(names func(string) bool) error {
	all, err := tx.views("id > 0")
	if err != nil {
		return err
	}
	for _, v := range all {
		was := v
		if names(v.Name) {
			v.Name = "–"
		}
		if query, err := url.ParseQuery(v.Query); err == nil {
			before := len(query)
			maps.DeleteFunc(query, func(_ string, values []string) bool { return slices.ContainsFunc(values, names) })
			if len(query) < before {
				v.Query = query.Encode()
			}
		}
		if v == was {
			continue
		}
		v.Version++
		if err := replace(tx, &v); err != nil {
			return err
		}
		if err := tx.Note(viewEvent("keep", v, false)); err != nil {
			return err
		}
	}
	return nil
}

// A usualView is the view with which a list begins for an account. It is the account's
// own bookmark, and leaves no row in the trail.
type usualView struct {
	AccountID int64       `gorm:"primaryKey;autoIncrement:false"`
	List      models.List `gorm:"primaryKey"`
	ViewID    int64
}

// UseView makes a view the one with which its list begins for the actor, or none if
// id is 0.
func (tx *Tx) UseView(list models.List, id int64) error {
	if tx.actor.Account == 0 {
		return ErrForbidden
	}
	if id == 0 {
		_, err := rowsOf[usualView](tx.g).Where("account_id = ? AND list = ?", tx.actor.Account, string(list)).Delete(tx.ctx)
		return err
	}
	v, err := tx.keptView(id, tx.actor.Account, tx.actor.Rights)
	if err != nil {
		return err
	}
	return put(tx, usualView{tx.actor.Account, v.List, v.ID})
}
