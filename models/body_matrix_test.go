package models

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Each cell says what the main question answers about the body, and the seats are
// those that are open on the day, counted one by one.
func TestBodyMatrixIsTheMainQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		m := d.BodyMatrix(on, rapid.IntRange(0, 40).Draw(t, "soon"))
		for _, b := range d.Bodies() {
			i := slices.IndexFunc(m.Rows, func(r BodyRow) bool { return r.Body() == b })
			if want := b.Kind.Seats() && b.Life().Has(on); i < 0 && want {
				t.Fatalf("%s has no row on %s", b.Key, on)
			}
			if i < 0 {
				continue
			}
			for _, s := range States() {
				checkBodyCells(t, d, m.Rows[i], s, on)
			}
		}
	})
}

func checkBodyCells(t *rapid.T, d *Directory, r BodyRow, s State, on Date) {
	b, none := r.Body(), true
	for _, matter := range Matters() {
		reply := d.WhoRepresents(Question{State: s, Matter: matter, Place: Place{Body: b.Key}, On: on})
		cell := r.Cell(s, matter)
		if cell.Answers != len(reply.Answers) {
			t.Fatalf("%s, %s in %s matters on %s: %d answers, want %d", b.Key, s, matter, on, cell.Answers, len(reply.Answers))
		}
		none = none && cell.Standing == Uncovered
	}
	var want SeatCount
	want.Member = b.IsMember(Party(s), on)
	for _, p := range d.Posts() {
		if p.HostBody != b.Key || d.Sending(p).Country != s || !p.Life().Has(on) {
			continue
		}
		want.Open++
		if p.StatusOn(on) == Held {
			want.Held++
		}
	}
	if got := r.Seats(s); got != want {
		t.Fatalf("%s in %s on %s: %+v, want %+v", s, b.Key, on, got, want)
	}
	if r.Missing(s) != (want.Member && none) {
		t.Fatalf("%s in %s on %s is missing: %v", s, b.Key, on, r.Missing(s))
	}
}

// A posting answers the state that sends it with the same people, in whatever order,
// as the main question does, unless somebody answers from elsewhere too.
func TestAnswersAtAreThoseOfTheMainQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawWorld(t)
		d := o.directory()
		on := Date(rapid.Int32Range(int32(o.window.First), int32(o.window.Last)).Draw(t, "on"))
		for _, p := range d.Posts() {
			got := d.AnswersAt(p, on)
			if p.StatusOn(on) != Held && len(got) > 0 {
				t.Fatalf("%s answers while %s", p.Key, p.StatusOn(on))
			}
			q := Question{State: d.Sending(p).Country, Matter: Police, Place: p.Host(), On: on}
			for _, a := range d.WhoRepresents(q).Answers {
				if a.Post == p && !slices.ContainsFunc(got, func(b Answer) bool { return b.Assignment.ID == a.Assignment.ID && b.Absent == a.Absent }) {
					t.Fatalf("%s leaves out %s on %s", p.Key, a.Assignment.Key, on)
				}
			}
			for i, a := range got {
				if a.StandsIn && (i == 0 || got[i-1].Assignment.ID == a.Assignment.ID) {
					t.Fatalf("%s on %s: a stand-in comes before the one stood in for", p.Key, on)
				}
			}
		}
	})
}
