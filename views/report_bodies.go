package views

import "samband/models"

// BodiesReport is who sits where: the bodies as a tree, each with its members and chairs,
// and who sits in it for whom. state is the one of the five that it is about, "" for all.
func (s *Site) BodiesReport(lang string, h ReportHead, state models.State) Report {
	r := s.report(lang, "bodies", h)
	page := DayPage{Directory: h.Directory, Picker: DayPicker{On: h.On}}
	for _, l := range s.NewBodies(lang, page).Lines {
		if x, there := h.Directory.SittingOf(l.Body, state, h.On); there {
			r.sitting(x)
		}
	}
	if len(r.Parts) == 0 {
		r.sitting(models.Sitting{})
	}
	r.counted("bodies", "seats", "restricted", "days")
	return r.Report
}

// sitting adds a body: first its parties, then its seats.
func (r *reporter) sitting(x models.Sitting) {
	title, body := r.t("nav.bodies"), x.Body
	if body != nil {
		title = r.site.place(r.lang, models.Named{Place: models.Place{Body: body.Key}, Called: body})
	}
	p := r.part("party", title, "(body) role places first_day last_day")
	if body != nil {
		p.URL = BodyPath(*body)
		r.parties(p, x)
	}
	p.None = r.t("report.no_parties")
	p = r.titled("seat", "(body) state agency kind role posting status officer last_day areas")
	p.Sub, p.Quiet = true, true
	for _, seat := range x.Seats {
		status := coded(r, seat.Status, "status "+string(seat.Status))
		officers, until := r.answering(seat)
		p.row(r.body(body), r.state(seat.Agency.Country), r.agencyCell(seat.Agency), coded(r, seat.Agency.Kind, ""), coded(r, seat.Post.Role, ""),
			r.posting(seat.Post, seat.Agency), status, officers, until, listed(r, seat.Post.Areas.List()))
	}
}

// parties adds who takes part in a body: a row for each role of members, and one for
// each who takes the chair, on the day and next.
func (r *reporter) parties(p *ReportPart, x models.Sitting) {
	for _, role := range models.Memberships() {
		var of []models.Named
		for _, m := range x.Members {
			if at, ok := m.Country.Place(); ok && m.Role == role {
				of = append(of, r.Directory.Name(at))
			}
		}
		if len(of) > 0 {
			p.row(r.body(x.Body), coded(r, role, ""), r.places(of), ReportCell{}, ReportCell{})
		}
	}
	chair := func(name string, all []models.Chair) {
		for _, c := range all {
			at, _ := c.Country.Place()
			days := c.And(x.Body.Life())
			p.row(r.body(x.Body), ReportCell{Cell: one(Bit{Text: r.t("report." + name), Code: name})}, r.places([]models.Named{r.Directory.Name(at)}), r.day(days.First), r.day(days.Last))
		}
	}
	chair("chair", x.Chairs)
	chair("next_chair", x.Next)
}

// answering are whom to turn to at a seat, and until when.
func (r *reporter) answering(seat models.SeatOn) (officers, until ReportCell) {
	officers.Lines, until.Lines = true, true
	for _, a := range seat.Answers {
		who := r.named(a.Officer, a.Agency)
		switch {
		case a.Absent:
			who.Text += " (" + r.t("absence.away") + ")"
		case a.StandsIn:
			who.Text += " (" + r.t("absence.stand_in") + ")"
		}
		officers.Bits = append(officers.Bits, who)
		until.Bits = append(until.Bits, r.date(a.Days.Last).Bits...)
	}
	return officers, until
}
