package views

import (
	"strings"

	"samband/models"
)

// BoardReport is what a board reads before it meets.
func (s *Site) BoardReport(lang string, h ReportHead, b models.BoardPack) Report {
	r := s.report(lang, "board", h)
	r.changed(b.Changes)
	r.standings(b)
	r.postTurns(b)
	r.ending(b)
	p := r.titled("vacancy", "posting first_day last_day days#")
	for _, v := range b.Vacancies {
		days := ReportCell{isNumber: true}
		if !v.Days.Last.Open() {
			days = r.number(v.Days.Days())
		}
		p.row(r.posting(v.Post, v.Agency), r.day(v.Days.First), r.day(v.Days.Last), days)
	}
	p = r.titled("finding", "severity kind posting body first_day last_day message")
	for _, x := range b.Findings {
		posting := ReportCell{}
		if x.Post != nil {
			posting = r.posting(x.Post, r.Directory.Sending(x.Post))
		}
		p.row(coded(r, x.Severity, "severity "+string(x.Severity)), coded(r, x.Kind, ""), posting, r.body(x.Body), r.day(x.Days.First), r.day(x.Days.Last),
			r.text(s.Paragraph(lang, x.Reason)))
	}
	p = r.titled("absence", "posting officer first_day last_day stand_in")
	for _, x := range b.Absences {
		p.row(r.posting(x.Post, x.Agency), r.officer(x.Officer, x.Agency), r.day(x.Days.First), r.day(x.Days.Last), r.officer(x.StandIn.Officer, x.ByOf))
	}
	p = r.titled("body", "day body event places role")
	for _, x := range b.Bodies {
		p.row(r.day(x.Day), r.body(x.Body), r.event(x.Turning), r.places([]models.Named{x.Party}), coded(r, x.Role, ""))
	}
	r.counted("board_changes", "board_coverage", "board_ahead", "board_findings", "restricted", "days")
	return r.Report
}

// event says what happened, or will.
func (r *reporter) event(t models.Turning) ReportCell {
	return ReportCell{Cell: one(Bit{Text: r.t("report.turning." + string(t)), Code: string(t)})}
}

// changed adds what changed: of places, with why, and then of officers. What is the same
// for several states is one row.
func (r *reporter) changed(all []models.Changes) {
	p := r.titled("change", "states change matter places posting officer first_day last_day because")
	for i, name := range []string{"lost", "gained", "interrupted", "came", "went", "away"} {
		type shared struct {
			row    []ReportCell
			states []models.State
		}
		var rows []*shared
		same := map[string]*shared{}
		for _, c := range all {
			for _, row := range r.changes(c, name, i) {
				text := textOf(row)
				if same[text] == nil {
					same[text] = &shared{row: row}
					rows = append(rows, same[text])
				}
				same[text].states = append(same[text].states, c.State)
			}
		}
		for _, x := range rows {
			p.row(append([]ReportCell{r.states(x.states)}, x.row...)...)
		}
	}
}

// textOf is all that the cells of a row say, and lead to.
func textOf(row []ReportCell) string {
	var b strings.Builder
	for _, c := range row {
		for _, bit := range c.Bits {
			for _, text := range []string{bit.Text, bit.Code, bit.URL} {
				b.WriteString(text)
				b.WriteByte(0)
			}
		}
		b.WriteByte(1)
	}
	return b.String()
}

// changes are the rows of one list of what changed for a state, without the state.
func (r *reporter) changes(c models.Changes, name string, list int) (rows [][]ReportCell) {
	change := ReportCell{Cell: one(Bit{Text: r.t("changes." + name), Code: name})}
	places := [][]models.PlaceChange{c.Lost, c.Gained, c.Interrupted}
	if list < len(places) {
		for _, x := range places[list] {
			rows = append(rows, []ReportCell{change, coded(r, x.Matter, ""), r.places(x.Places), {}, {}, r.day(x.Days.First), r.day(x.Days.Last), r.causes(x)})
		}
		return rows
	}
	for _, x := range [][]models.TermChange{c.Came, c.Went, c.Away}[list-len(places)] {
		rows = append(rows, []ReportCell{change, {}, r.places(x.Places), r.posting(x.Post, *x.Agency), r.officer(*x.Officer, *x.Agency), r.day(x.Days.First), r.day(x.Days.Last), {}})
	}
	return rows
}

// causes are why a place was lost or gained, one on a line.
func (r *reporter) causes(x models.PlaceChange) ReportCell {
	var said []string
	for _, why := range x.Causes {
		text := r.site.cause(r.lang, why, x.Matter)
		if !x.Whole(why) {
			text = strings.Join([]string{and(r.site, r.lang, why.Places), text}, ": ")
		}
		said = append(said, text)
	}
	return r.words(said)
}

// standings adds at how many places each state stands how, then and now.
func (r *reporter) standings(b models.BoardPack) {
	p := r.titled("coverage", "state matter day answered# resident# both# side# absent# vacant# suspended# uncovered#")
	for _, x := range b.Standings {
		for _, on := range []struct {
			day models.Date
			by  map[models.Standing]int
		}{{b.Since, x.Then}, {b.On, x.Now}} {
			n := on.by
			p.row(r.state(x.State), coded(r, x.Matter, ""), r.day(on.day),
				r.number(n[models.Resident]+n[models.ResidentAndSide]+n[models.SideAccredited]+n[models.AllAway]),
				r.number(n[models.Resident]), r.number(n[models.ResidentAndSide]), r.number(n[models.SideAccredited]), r.number(n[models.AllAway]),
				r.number(n[models.LeftVacant]), r.number(n[models.LeftSuspended]), r.number(n[models.Uncovered]))
		}
	}
}

func (r *reporter) postTurns(b models.BoardPack) {
	p := r.titled("turn", "day posting event")
	for _, x := range b.Turns {
		p.row(r.day(x.Day), r.posting(x.Post, x.Agency), r.event(x.Turning))
	}
}

func (r *reporter) ending(b models.BoardPack) {
	p := r.titled("ending", "last_day posting officer successor successor_first_day")
	for _, x := range b.Ending {
		p.row(r.day(x.Days.Last), r.posting(x.Post, x.Agency), r.officer(x.Officer, x.Agency), r.officer(x.Successor.Officer, x.Agency), r.day(x.Successor.Days.First))
	}
}
