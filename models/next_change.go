package models

// A changeFinder finds the first day after a question's on which some
// assignment begins or ceases to answer it, and which ones do.
type changeFinder struct {
	on         Date // the day found, 0 if none yet
	begin, end []turn
}

// A turn is an assignment that begins or ceases to answer.
type turn struct {
	post       *Post
	assignment *Assignment
}

// offer notes the first border of p after day on, if no earlier change is known.
func (f *changeFinder) offer(on Date, p Period, t turn) {
	switch {
	case p.Days() == 0, p.Last < on, p.Last.Open() && p.First <= on:
		return
	case p.First > on:
		if f.nearer(p.First) {
			f.begin = append(f.begin, t)
		}
	default:
		if f.nearer(p.Last + 1) {
			f.end = append(f.end, t)
		}
	}
}

// nearer reports whether d is no later than the day found so far. If it is
// earlier, it becomes the day found, and the changes noted are dropped.
func (f *changeFinder) nearer(d Date) bool {
	if f.on != 0 && d > f.on {
		return false
	}
	if d != f.on {
		f.on, f.begin, f.end = d, nil, nil
	}
	return true
}

// nextChange puts the change into messages: who ends, who begins, and whether
// anybody is left. It is nil if none was found.
func (d *Directory) nextChange(q Question, f *changeFinder, now int) *NextChange {
	if f.on == 0 {
		return nil
	}
	change := &NextChange{On: f.on}
	say := func(key string, t turn) {
		change.Reason = append(change.Reason, Say(key,
			"officer", d.officers[t.assignment.OfficerID], "agency", d.agencies[t.post.AgencyID],
			"posting", &t.post.Posting, "day", f.on, "before", f.on-1))
	}
	for _, t := range f.end {
		say("change.ends", t)
	}
	for _, t := range f.begin {
		say("change.begins", t)
	}
	if now-len(f.end)+len(f.begin) == 0 {
		change.Reason = append(change.Reason, Say("change.nobody", "state", q.State, "matter", q.Matter, "place", q.Place))
	}
	return change
}
