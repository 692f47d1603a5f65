package models

// AnswersAt returns whom to turn to at one posting on a day, in the matter of the
// agency that sends it: each holder, the earlier start first, and after one who is
// away the stand-in. They are the answers that the state that sends the posting
// gets from it, whoever else may answer for its host. A posting that is not held has
// none.
func (d *Directory) AnswersAt(p *Post, on Date) (all []Answer) {
	if p.StatusOn(on) != Held {
		return nil
	}
	sending := d.Sending(p)
	q := Question{State: sending.Country, Matter: sending.Kind.Matter(), Place: p.Host(), On: on}
	if !q.Matter.Single() {
		q.Matter = Police
	}
	add := func(a Answer) {
		a.Officer, a.Reason = d.Officer(a.Assignment.OfficerID), d.reason(q, &a)
		if d.Officer(a.For.OfficerID).Hidden() {
			a.For = Holding{}
		}
		all = append(all, a)
	}
	for _, a := range p.HoldersOn(on) {
		holder := Answer{Assignment: a, Post: p, Agency: sending, Resident: true, Days: p.Term(a)}
		holder.AbsentUntil, holder.Absent = p.AbsentOn(a, on)
		add(holder)
		for _, id := range standInsOf(a) {
			if run, counts := runWith(d.counting(p, a, id), on); holder.Absent && counts {
				add(Answer{Assignment: d.standIns()[id].Assignment, Post: p, Agency: sending, Resident: true,
					StandsIn: true, For: Holding{a, p}, Days: run})
			}
		}
	}
	return all
}
