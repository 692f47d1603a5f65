package db

import (
	"cmp"

	"samband/models"
)

var bodyKind = declare(kind[models.Body]{
	noun: "body",
	parts: []part[models.Body]{
		partFrom(func(b *models.Body) *[]models.BodyName { return &b.Names }),
		partFrom(func(b *models.Body) *[]models.BodyMember { return &b.Members }),
		partFrom(func(b *models.Body) *[]models.Chair { return &b.Chairs }),
	},
	key:   func(b models.Body) string { return string(b.Key) },
	check: models.CheckBody,
	save:  (*Tx).SaveBody,
	drop:  (*Tx).RemoveBody,
	state: func(*Tx, models.Body) (models.State, error) { return "", nil }, // they are the secretariat's
	words: func(b models.Body) (string, string) {
		text := string(b.Key) + " " + b.Name + " " + b.NameEn + " " + b.Acronym
		for _, n := range b.Names {
			text += " " + n.Name + " " + n.NameEn + " " + n.Acronym
		}
		return "body", text
	},
	touches: func(b models.Body) touch { return touch{"body", b.ID} },
	before:  func(r *reversal) map[int64]*models.Body { return r.bodies },
	given:   models.GivenBodies,
})

// plant inserts the records that every database has from its beginning. They have
// no rows in the trail.
func (tx *Tx) plant() error {
	in := tx.inserter(bodyKind.Name, bodyKind.columns)
	for _, b := range models.GivenBodies() {
		if err := in.add(bodyKind.values(b, nil)...); err != nil {
			return err
		}
	}
	return in.flush()
}

// body returns the body of a key, the zero Body if there is none.
func (r Reader) body(key models.BodyKey) (models.Body, error) {
	if key == "" {
		return models.Body{}, nil
	}
	found, err := WithParts[models.Body](r, "WHERE key = ?", string(key))
	if err != nil || len(found) == 0 {
		return models.Body{}, err
	}
	return *found[0], nil
}

// SaveBody creates b with its parts, or updates it if it has an ID. What it hosts
// moves with its headquarters. What the rules object to is models.Problems.
func (tx *Tx) SaveBody(b *models.Body) error {
	old, err := stored(tx, b)
	if err != nil {
		return err
	}
	if b.Key == "" && old != nil {
		b.Key = old.Key
	}
	if b.Key == "" {
		key, err := freeKey[models.Body](tx, madeKey(cmp.Or(b.Acronym, b.NameEn, b.Name)))
		if err != nil {
			return err
		}
		b.Key = models.BodyKey(key)
	}
	problems := Check(*b)
	if err := keyTaken(tx, &problems, b); err != nil {
		return err
	}
	all, err := All[models.Body](tx.Reader)
	if err != nil {
		return err
	}
	problems = append(problems, models.CheckBodyAmong(*b, all)...)
	var hosted []*models.Posting
	if old != nil {
		if hosted, err = WithParts[models.Posting](tx.Reader, "WHERE host_organisation = ?", string(old.Key)); err != nil {
			return err
		}
		problems = append(problems, models.CheckBodyChange(*old, *b, hosted)...)
	}
	if err := keep(tx, old, b, problems); err != nil || old == nil {
		return err
	}
	return tx.moveHosted(hosted, *old, *b)
}

// moveHosted gives what a body hosts the country and city of its headquarters,
// where these have changed.
func (tx *Tx) moveHosted(hosted []*models.Posting, old, b models.Body) error {
	if old.HqCountry == b.HqCountry && old.HqCity == b.HqCity {
		return nil
	}
	var news []*models.Posting
	for _, p := range hosted {
		next := *p
		next.HostCountry = b.HqCountry
		if p.HostCity == old.HqCity {
			next.HostCity = b.HqCity
		}
		news = append(news, &next)
	}
	return UpdateAll(tx, hosted, news)
}

// RemoveBody removes a body. It is *Referred while something names it: what it
// hosts, bodies under it, projects, and bodies of which it is a member.
func (tx *Tx) RemoveBody(id int64, version int) error {
	b, err := current[models.Body](tx, id, version)
	if err != nil {
		return err
	}
	by := referrers{scope: tx.actor.Rights.Scope()}
	if err := by.postings(tx.Reader, "host_organisation = ?", string(b.Key)); err != nil {
		return err
	}
	party := models.Place{Body: b.Key}.String()
	members := tx.of(models.BodyMember{}).Select("body_id").Where("country = ?", party)
	chairs := tx.of(models.Chair{}).Select("body_id").Where("country = ?", party)
	bodies, err := rowsOf[models.Body](tx.g).Where("parent = ? OR id IN (?) OR id IN (?)", string(b.Key), members, chairs).Order("key").Find(tx.ctx)
	if err != nil {
		return err
	}
	for _, other := range bodies {
		by.add("body", other.ID, other.Name)
	}
	projects, err := rowsOf[models.Project](tx.g).Where("body = ?", string(b.Key)).Order("key").Find(tx.ctx)
	if err != nil {
		return err
	}
	for _, p := range projects {
		by.add("project", p.ID, p.Title)
	}
	if err := by.err(); err != nil {
		return err
	}
	if err := removeRemarks(tx, b); err != nil {
		return err
	}
	return remove(tx, b)
}

// withoutGiven removes what was planted, from a copy that gets its own.
func (tx *Tx) withoutGiven() error {
	for _, b := range models.GivenBodies() {
		if err := remove(tx, b); err != nil {
			return err
		}
	}
	return nil
}
