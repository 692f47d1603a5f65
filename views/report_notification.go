package views

import "samband/models"

// NotificationReport is the yearly notification of liaison officers, agency by agency.
func (s *Site) NotificationReport(lang string, h ReportHead, all []models.Notification) Report {
	r := s.report(lang, "notification", h)
	for _, n := range all {
		r.notified(n)
	}
	if len(all) == 0 {
		r.notified(models.Notification{})
	}
	r.counted("notification_source", "notification_postings", "notification_states", "notification_contacts", "restricted", "days")
	return r.Report
}

// notified adds the postings of an agency, and the contact points of its state.
func (r *reporter) notified(n models.Notification) {
	title := r.t("report.part.posting")
	if n.Agency.ID != 0 {
		title = r.t("report.agency", "name", r.site.agency(r.lang, n.Agency), "state", n.Agency.Country)
	}
	p := r.part("posting", title, "(state) (agency) (kind) posting (place) (host_city) side_countries represents_police represents_customs opened closed status holder_days areas agreement")
	for _, x := range n.Postings {
		host := r.posting(x.Post, n.Agency)
		host.Bits[0].Text = r.site.postingTitle(r.lang, x.Post.Posting, x.Post.Body)
		var held []models.Period
		for _, t := range x.Terms {
			held = append(held, t.Days)
		}
		p.row(r.state(n.Agency.Country), r.agencyCell(n.Agency), coded(r, n.Agency.Kind, ""), host,
			r.places([]models.Named{x.Post.Where()}), r.text(x.Post.HostCity), listed(r, x.Side), r.states(x.Police), r.states(x.Customs),
			r.day(x.Post.Opened), r.closed(x.Post.Closed), coded(r, x.Status, "status "+string(x.Status)), r.periods(held), listed(r, x.Post.Areas.List()), r.words(x.Agreements))
	}
	c := r.titled("contact_point", "(state) (agency) name matter phone email hours")
	c.Sub, c.None = true, r.t("report.no_contact_point")
	for _, x := range n.Contacts {
		c.row(r.state(n.Agency.Country), r.agencyCell(n.Agency), r.text(x.Name), coded(r, x.Matter, ""), r.text(x.Phone), r.text(x.Email), r.text(x.Hours))
	}
}
