package interchange

import (
	"cmp"
	"slices"

	"samband/models"
)

// checkHeldOnce refuses assignments of one officer to one posting that share a
// day. Of two, it refuses the one that the package creates or changes, and of
// two such ones the later line; those only in the directory stay as they are.
// Since they are sorted, each is compared only with the earlier one that ends
// last.
func (im *importing) checkHeldOnce() {
	changes := func(e *entry[models.Assignment]) bool { return e.line > 0 && !e.same && e.one != nil }
	if !slices.ContainsFunc(im.held.touched, changes) {
		return
	}
	all := make([]*entry[models.Assignment], 0, len(im.held.all))
	for _, e := range im.held.all {
		if e.one != nil && e.one.Days() > 0 && e.one.OfficerID != 0 && e.one.PostingID != 0 {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b *entry[models.Assignment]) int {
		return cmp.Or(cmp.Compare(a.one.PostingID, b.one.PostingID), cmp.Compare(a.one.OfficerID, b.one.OfficerID),
			cmp.Compare(a.one.First, b.one.First), cmp.Compare(a.line, b.line), cmp.Compare(a.one.ID, b.one.ID))
	})
	var longest *entry[models.Assignment]
	for _, e := range all {
		if longest != nil && longest.one.Twice(*e.one) {
			fault, other := e, longest
			if !changes(e) || changes(longest) && longest.line > e.line {
				fault, other = longest, e
			}
			if changes(fault) {
				problem := models.HeldAlready(*other.one)
				im.refuse(assignmentSheet, fault.line, problem.Field, problem.Message)
			}
			if e.one.Last <= longest.one.Last {
				continue
			}
		}
		longest = e
	}
}

// mergeContactPoints applies the package's contact points to the existing ones,
// matched by state, matter and name, and then by state and matter alone.
func (im *importing) mergeContactPoints() {
	old := im.contacts
	taken := make([]bool, len(old))
	placed := make([]bool, len(im.contactRows))
	for _, byName := range []bool{true, false} {
		for i, r := range im.contactRows {
			for j, e := range old {
				if placed[i] || taken[j] || e.old.State != r.v.State || e.old.Matter != r.v.Matter || byName && e.old.Name != r.v.Name {
					continue
				}
				one := r.v
				placed[i], taken[j] = true, true
				contactPointSheet.leave(im.contactsWithout, &one, e.old)
				become(im, e, &one)
				e.own, e.same = *e.old == one, *e.old == one
				im.note(r.note, outcomeOf(e.own), func() []FieldChange { return contactPointSheet.changes(im, e.old, &one) })
			}
		}
	}
	for i, r := range im.contactRows {
		if !placed[i] {
			one := r.v
			e := &entry[models.ContactPoint]{}
			become(im, e, &one)
			im.contacts = append(im.contacts, e)
			im.note(r.note, New, func() []FieldChange { return contactPointSheet.changes(im, nil, &one) })
		}
	}
}
