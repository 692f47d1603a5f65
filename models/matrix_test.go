package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Each cell says what the main question answers, on every day of random
// directories.
func TestMatrixIsTheMainQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		soon := rapid.IntRange(0, 40).Draw(t, "soon")
		m := d.MatrixOf(d.Places(), on, soon)
		checkAbroad(t, o, m, d.Matrix(on, soon))
		for _, s := range States() {
			answered := 0
			for _, row := range d.Matrix(on, soon).Rows {
				if row.Cell(s, Police).Answers+row.Cell(s, Customs).Answers > 0 {
					answered++
				}
			}
			if got := d.AnsweredPlaces(s, []Date{on}); got[0] != answered {
				t.Fatalf("%s is answered for at %d places on %s, want %d", s, got[0], on, answered)
			}
		}
		for _, name := range randomPlaces {
			place := at(name)
			row, known := m.Row(place)
			if known != (len(d.Covering(place)) > 0) {
				t.Fatalf("%s is a row: %v", name, known)
			}
			for _, s := range States() {
				for _, matter := range Matters() {
					if !known {
						continue
					}
					want := cellAsked(d, Question{s, matter, place, on}, soon)
					if got := row.Cell(s, matter); got != want {
						t.Fatalf("%s, %s, %s on %s: %+v, want %+v", name, s, matter, on, got, want)
					}
				}
			}
		}
	})
}

// checkAbroad wants the matrix of what is abroad to be that of all places without
// those where states meet.
func checkAbroad(t *rapid.T, o oracle, all, abroad Matrix) {
	rows := slices.DeleteFunc(slices.Clone(all.Rows), func(r MatrixRow) bool {
		return slices.ContainsFunc(o.bodies, func(b Body) bool { return b.Key == r.Place.Body && b.Kind != "organisation" })
	})
	if !slices.Equal(rows, abroad.Rows) {
		t.Fatalf("of %d rows, %d are abroad, want %d", len(all.Rows), len(abroad.Rows), len(rows))
	}
}

// cellAsked makes a cell of nothing but the main question, asked day by day.
func cellAsked(d *Directory, q Question, soon int) Cell {
	reply := d.WhoRepresents(q)
	cell := Cell{Standing: Uncovered, Answers: len(reply.Answers)}
	var resident, side bool
	silent := map[*Post]bool{}
	for _, n := range reply.WhyNot {
		silent[n.Post] = true
	}
	for _, p := range d.Covering(q.Place) {
		cell.Handover = cell.Handover || !silent[p] && len(p.HoldersOn(q.On)) > 1
	}
	for _, a := range reply.Answers {
		resident, side = resident || a.Resident && !a.Absent, side || !a.Resident && !a.Absent
	}
	why := func(w Why) bool {
		return slices.ContainsFunc(reply.WhyNot, func(n WhyNot) bool { return n.Why == w })
	}
	switch {
	case resident && side:
		cell.Standing = ResidentAndSide
	case resident:
		cell.Standing = Resident
	case side:
		cell.Standing = SideAccredited
	case len(reply.Answers) > 0:
		cell.Standing = AllAway
	case why(WhyVacant):
		cell.Standing = LeftVacant
	case why(WhySuspended):
		cell.Standing = LeftSuspended
	case why(AtHome):
		cell.Standing = Home
	}
	ahead := min(q.On+Date(soon)+1, Forever)
	for day := q.On + 1; cell.Answers > 0 && day <= ahead; day++ {
		q.On = day
		if len(d.WhoRepresents(q).Answers) == 0 {
			cell.Until = day - 1
			break
		}
	}
	return cell
}

// Nothing changes between two border days.
func TestNothingChangesBetweenBorderDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		borders := d.BorderDays(o.window)
		for day := o.window.First + 1; day <= o.window.Last; day++ {
			if slices.Contains(borders, day) {
				continue
			}
			before, after := d.Matrix(day-1, 0), d.Matrix(day, 0)
			for i := range before.Rows {
				for j, cell := range before.Rows[i].cells {
					if next := after.Rows[i].cells[j]; cell.Standing != next.Standing || cell.Answers != next.Answers {
						t.Fatalf("%s changes on %s, which is no border: %+v, %+v", before.Rows[i].Place, day, cell, next)
					}
				}
			}
		}
	})
}

func TestMatrixTotals(t *testing.T) {
	o := newWorld()
	d := o.directory()
	if m := d.Matrix(1, 90); len(m.Rows) != 0 || m.Answered(Sweden, Police) != 0 {
		t.Errorf("an empty directory has %+v", m)
	}
}
