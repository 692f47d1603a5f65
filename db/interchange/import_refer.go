package interchange

import (
	"slices"
	"strconv"
	"strings"

	"samband/models"
)

// called returns the ID of the record that people call by a text where a key is wanted:
// an agency or an officer by name, a posting by its city. If several are called so, it
// is the one that is referred to now, or else none.
func (im *importing) called(column, text string, now int64) int64 {
	if im.names == nil {
		im.nameAll()
	}
	all := im.names[column][models.Fold(text)]
	if len(all) == 0 && column == "agency" {
		all = im.agenciesOfKind(text)
	}
	switch {
	case slices.Contains(all, now):
		return now
	case len(all) == 1:
		return all[0]
	}
	return 0
}

// nameAll gathers the names of records, as the actor knows them.
func (im *importing) nameAll() {
	im.names = map[string]map[string][]int64{"agency": {}, "officer": {}, "posting": {}}
	add := func(noun, name string, id int64) {
		if name = models.Fold(name); name != "" && !slices.Contains(im.names[noun][name], id) {
			im.names[noun][name] = append(im.names[noun][name], id)
		}
	}
	for id, e := range im.agencies.byID {
		for _, name := range []string{e.one.Name, e.one.NameEn, e.one.Acronym} {
			add("agency", name, id)
		}
	}
	for id, e := range im.postings.byID {
		add("posting", e.one.HostCity, id)
	}
	for id, e := range im.officers.byID {
		if im.officers.told(im, *e.one) == models.Whole {
			add("officer", e.one.Name, id)
		}
	}
}

// agenciesOfKind returns the IDs of the agencies that lists call by their state and kind,
// "SE police".
func (im *importing) agenciesOfKind(text string) (all []int64) {
	state, word, _ := strings.Cut(text, " ")
	kind := models.AgencyKind(strings.ToLower(word))
	if im.opts.Codes != nil {
		if code, known := im.opts.Codes(&kind, word); known {
			kind = models.AgencyKind(code)
		}
	}
	for id, e := range im.agencies.byID {
		if e.one.Country == models.State(state) && e.one.Kind == kind {
			all = append(all, id)
		}
	}
	return all
}

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
