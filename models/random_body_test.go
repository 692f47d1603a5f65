package models

import (
	"slices"

	"pgregory.net/rapid"
)

// drawBody draws who takes part in a body, who leads it, and its mandate.
func drawBody(t *rapid.T, b *Body, base Date) {
	if drawBool(t, "its founding is known", 2) {
		b.Founded = base
	}
	if drawBool(t, "it has a mandate", 2) {
		b.MandateUntil = min(Forever, base+Date(rapid.IntRange(0, 90).Draw(t, "mandate")))
	}
	for _, s := range States() {
		if drawBool(t, "never takes part", 3) {
			continue
		}
		for _, days := range drawApart(t, Period{base, Forever}, 2) {
			role := rapid.SampledFrom([]Membership{FullMember, FullMember, Observer}).Draw(t, "takes part as")
			b.Members = append(b.Members, BodyMember{ID: int64(len(b.Members) + 1), BodyID: b.ID, Country: Party(s), Role: role, Period: days})
		}
	}
	for _, p := range []Party{"SE", "FI", "LV"} {
		for _, days := range drawApart(t, Period{base, Forever}, 1) {
			b.Chairs = append(b.Chairs, Chair{ID: int64(len(b.Chairs) + 1), BodyID: b.ID, Country: p, Period: days})
		}
	}
}

// drawAbsence draws an absence that may be kept, or none where none may: on days
// on which others are away too, of somebody who stands in for the stand-in, by
// somebody who answers anyway, or by nobody.
func drawAbsence(t *rapid.T, w *world, base Date) {
	a := rapid.SampledFrom(w.assignments).Draw(t, "absent")
	first := a.First + Date(rapid.IntRange(0, 25).Draw(t, "absent after"))
	if tie := base + 22; a.Has(tie) && drawBool(t, "with others", 2) {
		first = tie
	}
	if first > a.Last || first < a.First {
		return
	}
	x := Absence{ID: w.id(), AssignmentID: a.ID, Period: Period{first, min(a.Last, first+Date(rapid.IntRange(0, 15).Draw(t, "absent for")))}}
	if drawBool(t, "without end", 4) {
		x.Last = Forever
	}
	may := slices.DeleteFunc(slices.Clone(w.assignments), func(by Assignment) bool {
		kind := w.standsAs(by).Kind
		abroad := (oracle{world: w}).postOf(a).Role == ""
		return by.OfficerID == a.OfficerID || !by.Overlaps(x.And(a.Period)) || abroad && kind != "police" && kind != "customs"
	})
	whose := slices.DeleteFunc(slices.Clone(may), func(by Assignment) bool { // who have this one as a stand-in
		return !slices.ContainsFunc(w.absences, func(y Absence) bool { return y.AssignmentID == by.ID && y.StandInID == a.ID })
	})
	same := slices.DeleteFunc(slices.Clone(may), func(by Assignment) bool { return by.PostingID != a.PostingID })
	busy := slices.DeleteFunc(slices.Clone(may), func(by Assignment) bool { // who stand in for others, or whose own posting rests
		return !slices.ContainsFunc(w.absences, func(y Absence) bool { return y.StandInID == by.ID }) &&
			!slices.ContainsFunc(w.suspensions, func(s Suspension) bool { return s.PostingID == by.PostingID })
	})
	for _, list := range [][]Assignment{whose, busy, same, may, may} {
		if len(list) > 0 && x.StandInID == 0 && drawBool(t, "stands in", 2) {
			x.StandInID = rapid.SampledFrom(list).Draw(t, "stand-in").ID
		}
	}
	if !slices.ContainsFunc(w.absences, func(y Absence) bool { return y.AssignmentID == a.ID && y.Overlaps(x.Period) }) {
		w.absences = append(w.absences, x)
	}
}

// drawCoastGuard adds a seat that a coast-guard officer holds, and names that one as
// the stand-in in an absence: one in another seat may be kept, and of elsewhere
// could while the officer was with another agency.
func drawCoastGuard(t *rapid.T, w *world, base Date) {
	p := Posting{ID: w.id(), Key: "coast", AgencyID: w.agency("se-coast_guard").ID, Opened: base, Closed: Forever}
	p.sitsIn(w.body("board"))
	w.postings = append(w.postings, p)
	w.representations = append(w.representations, Representation{ID: w.id(), PostingID: p.ID, State: Sweden, Matter: Both, Period: p.Life()})
	by := Assignment{ID: w.id(), Key: "coast", PostingID: p.ID, OfficerID: w.officer("o-coast", "se-coast_guard").ID, Period: p.Life()}
	w.assignments = append(w.assignments, by)
	if len(w.absences) > 0 {
		w.absences[rapid.IntRange(0, len(w.absences)-1).Draw(t, "the coast guard's")].StandInID = by.ID
	}
}
