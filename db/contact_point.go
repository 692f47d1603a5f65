package db

import (
	"context"

	"samband/models"
)

var _ = declare(kind[models.ContactPoint]{
	noun:    "contact_point",
	key:     func(c models.ContactPoint) string { return string(c.State) + " " + string(c.Matter) + " " + c.Name },
	check:   models.CheckContactPoint,
	save:    (*Tx).SaveContactPoint,
	drop:    (*Tx).RemoveContactPoint,
	state:   func(_ *Tx, c models.ContactPoint) (models.State, error) { return c.State, nil },
	touches: func(c models.ContactPoint) touch { return touch{"contact_point", 0} },
	before:  func(r *reversal) map[int64]*models.ContactPoint { return r.contacts },
})

// ContactPoint returns a contact point.
func (v Reading) ContactPoint(ctx context.Context, id int64) (c models.ContactPoint, err error) {
	err = v.view(ctx, func(r Reader) error {
		found, err := byID[models.ContactPoint](r, id)
		if err == nil {
			c = *found
		}
		return err
	})
	return c, wrap("contact point", err)
}

// ContactPoints returns all contact points, by state, matter and name.
func (v Reading) ContactPoints(ctx context.Context) (all []models.ContactPoint, err error) {
	err = v.view(ctx, func(r Reader) (err error) {
		all, err = rowsOf[models.ContactPoint](r.g).Order("state, matter, name, id").Find(r.ctx)
		return err
	})
	return all, wrap("contact points", err)
}

// SaveContactPoint creates c, or updates it if it has an ID. No other contact
// point may have the same state, matter and name, which identify it in files.
// What the rules object to is models.Problems.
func (tx *Tx) SaveContactPoint(c *models.ContactPoint) error {
	old, err := stored(tx, c)
	if err != nil {
		return err
	}
	problems := Check(*c)
	if len(problems) == 0 {
		if err := contactPointTaken(tx, &problems, *c); err != nil {
			return err
		}
	}
	return keep(tx, old, c, problems)
}

// contactPointTaken adds a problem if another contact point has the same state,
// matter and name.
func contactPointTaken(tx *Tx, problems *models.Problems, c models.ContactPoint) error {
	taken, err := exists[models.ContactPoint](tx.Reader, "state = ? AND matter = ? AND name = ? AND id <> ?", c.State, c.Matter, c.Name, c.ID)
	if taken {
		*problems = append(*problems, models.Problem{Field: "name", Row: -1, Message: models.Say("problem.contact_point_taken", "value", c.Name)})
	}
	return err
}

// RemoveContactPoint removes a contact point.
func (tx *Tx) RemoveContactPoint(id int64, version int) error {
	c, err := current[models.ContactPoint](tx, id, version)
	if err != nil {
		return err
	}
	return remove(tx, c)
}
