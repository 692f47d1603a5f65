package interchange

import (
	"strconv"

	"samband/models"
)

// called returns the ID of the record that people call by a text where a key is wanted,
// if it is one only: an agency or an officer by name, a posting by its city.
func (im *importing) called(column, text string) (id int64) {
	if im.names == nil {
		im.names = map[string]map[string]int64{"agency": {}, "officer": {}, "posting": {}}
		add := func(noun, name string, id int64) {
			name = models.Fold(name)
			if other := im.names[noun][name]; other != 0 && other != id {
				id = several
			}
			im.names[noun][name] = id
		}
		for id, e := range im.agencies.byID {
			for _, name := range []string{e.one.Name, e.one.NameEn, e.one.Acronym} {
				if name != "" {
					add("agency", name, id)
				}
			}
		}
		for id, e := range im.postings.byID {
			if e.one.HostCity != "" {
				add("posting", e.one.HostCity, id)
			}
		}
		for id, e := range im.officers.byID {
			if im.officers.told(im, *e.one) == models.Whole {
				add("officer", e.one.Name, id)
			}
		}
	}
	return max(im.names[column][models.Fold(text)], 0)
}

// several stands for the ID of a name that more than one record has.
const several = -1

// cellOf returns the cell of a field: a reference as the key of its record.
func (im *importing) cellOf(as models.InFiles, p any) string {
	id, refers := p.(*int64)
	if !refers {
		return models.TextOf(p, as)
	}
	noun := as.Name
	if noun == standInColumn {
		noun = assignmentSheet.noun
	}
	for s, kept := range im.nouns {
		if s.noun == noun {
			if key := kept.keyOf(*id); key != "" {
				return key
			}
		}
	}
	if *id == 0 {
		return ""
	}
	return "#" + strconv.FormatInt(*id, 10)
}

// hidden reports whether the actor is not told of a record to which a column refers.
func (im *importing) hidden(column string, id int64) bool {
	switch column {
	case "officer":
		e := im.officers.byID[id]
		return e != nil && e.old != nil && im.toldOfficer(*e.old) != models.Whole
	case "assignment", standInColumn:
		e := im.held.byID[id]
		return e != nil && e.old != nil && im.toldAssignment(*e.old) != models.Whole
	}
	return false
}

// toldOfficer, toldPosting and toldAssignment return how much the actor is told of one.
func (im *importing) toldOfficer(o models.Officer) models.Told {
	return im.scope.OfficerTold(o, im.stateBefore(o.AgencyID))
}

func (im *importing) toldPosting(p models.Posting) models.Told {
	return im.scope.PostingTold(p, im.stateBefore(p.AgencyID))
}

func (im *importing) toldAssignment(a models.Assignment) models.Told {
	p, o := im.postings.byID[a.PostingID], im.officers.byID[a.OfficerID]
	if p == nil || p.old == nil || o == nil || o.old == nil {
		return models.Whole // of the file itself
	}
	return models.AssignmentTold(im.toldPosting(*p.old), im.toldOfficer(*o.old))
}

// stateBefore returns the state of an agency as the directory has it, or else as the
// file does.
func (im *importing) stateBefore(agency int64) models.State {
	e := im.agencies.byID[agency]
	switch {
	case e == nil:
		return ""
	case e.old != nil:
		return e.old.Country
	}
	return e.one.Country
}
