package views

import (
	"samband/models"
	"samband/views/picture"
)

// tallied are the columns of a tally, after that of its group.
const tallied = " open# held# vacant# suspended# opened_in_period# closed_in_period# officer_years# share_of_officer_years# (officer_days#) (post_days#) gap_days# gap_share# suspended_days# terms_ended# mean_term#"

// FiguresReport is the key figures over a period, and on its last day.
func (s *Site) FiguresReport(lang string, h ReportHead, f models.Figures) Report {
	r := s.report(lang, "figures", h)
	all := r.titled("total", "group"+tallied)
	all.row(r.tally(r.text(r.t("report.all")), f.All, f.All)...)

	p := r.titled("sending", "state"+tallied)
	for _, x := range f.Sending {
		p.row(r.tally(r.state(x.Of), x.Tally, f.All)...)
	}
	p.Pictures = []ReportPicture{lengths(r, "officer_years", f.Sending, r.years), lengths(r, "gap_days", f.Sending, r.gapDays)}

	p = r.titled("kind", "kind"+tallied)
	for _, x := range f.Kinds {
		p.row(r.tally(coded(r, x.Of, ""), x.Tally, f.All)...)
	}
	p.Pictures = []ReportPicture{lengths(r, "share_of_officer_years", f.Kinds, func(t models.Tally) (float64, string) {
		share := 100 * models.Share(t.OfficerDays, f.All.OfficerDays)
		return share, decimal(lang, share, 1) + " %"
	})}

	p = r.titled("region", "region"+tallied)
	for _, x := range f.Regions {
		p.row(r.tally(r.region(x.Of), x.Tally, f.All)...)
	}
	p.Pictures = []ReportPicture{lengths(r, "open", f.Regions, r.open), lengths(r, "officer_years", f.Regions, r.years)}

	r.covered(f)
	r.counted("postings", "on_the_day", "officer_year", "gap_day", "suspended_day", "term", "coverage", "region", "restricted", "days")
	return r.Report
}

// tally is a row of a group, out of all.
func (r *reporter) tally(group ReportCell, t, all models.Tally) []ReportCell {
	mean := ReportCell{isNumber: true}
	if t.Ended > 0 {
		mean = r.decimal(t.MeanTerm(), 0)
	}
	return []ReportCell{group, r.number(t.Open), r.number(t.Held), r.number(t.Vacant), r.number(t.Suspended), r.number(t.Opened), r.number(t.Closed),
		r.decimal(t.OfficerYears(), 2), r.share(t.OfficerDays, all.OfficerDays), r.number(t.OfficerDays), r.number(t.PostDays),
		r.number(t.GapDays), r.share(t.GapDays, t.PostDays), r.number(t.SuspendedDays), r.number(t.Ended), mean}
}

// region names a region, or organisations for "".
func (r *reporter) region(of models.Region) ReportCell {
	if of == "" {
		return ReportCell{Cell: one(Bit{Text: r.t("coverage.organisations"), Code: "organisations"})}
	}
	return coded(r, of, "")
}

// What pictures show of a tally: a length, and what it is in words.
func (r *reporter) years(t models.Tally) (float64, string) {
	return t.OfficerYears(), decimal(r.lang, t.OfficerYears(), 2)
}
func (r *reporter) gapDays(t models.Tally) (float64, string) {
	return float64(t.GapDays), itoa(t.GapDays)
}
func (r *reporter) open(t models.Tally) (float64, string) { return float64(t.Open), itoa(t.Open) }

// lengths draws one number of each group.
func lengths[T ~string](r *reporter, column string, groups []models.Tallied[T], of func(models.Tally) (float64, string)) ReportPicture {
	var bars []picture.Length
	for _, g := range groups {
		n, said := of(g.Tally)
		bars = append(bars, picture.Length{Label: r.group(g.Of), Value: said, N: n})
	}
	title := r.t("csv." + column)
	return ReportPicture{title, picture.Lengths(title, bars)}
}

// group names a state, a kind of agency or a region.
func (r *reporter) group(of any) string {
	if region, is := of.(models.Region); is && region == "" {
		return r.t("coverage.organisations")
	}
	return r.site.word(r.lang, of)
}

// covered adds at how many places each state is covered, and on how many of their days.
func (r *reporter) covered(f models.Figures) {
	p := r.titled("coverage", "state matter resident# side_only# resident_days# side_days#")
	days := map[models.Matter][]picture.Length{}
	for _, c := range f.Coverage {
		p.row(r.state(c.State), coded(r, c.Matter, ""), r.number(c.Resident), r.number(c.Side), r.number(c.ResidentDays), r.number(c.SideDays))
		name := r.site.word(r.lang, c.State) + ", "
		days[c.Matter] = append(days[c.Matter],
			picture.Length{Label: name + r.t("csv.resident"), Value: itoa(c.Resident), N: float64(c.Resident)},
			picture.Length{Label: name + r.t("csv.side_only"), Value: itoa(c.Side), N: float64(c.Side), Hollow: true})
	}
	for _, m := range models.Matters() {
		title := r.t("report.places_covered", "matter", m)
		p.Pictures = append(p.Pictures, ReportPicture{title, picture.Lengths(title, days[m])})
	}
}
