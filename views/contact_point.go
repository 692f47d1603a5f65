package views

import "samband/models"

// The pages about contact points.
var (
	ContactPointsPage = page[[]models.ContactPoint]("contact_points")
	ContactPointPage  = page[ContactPoint]("contact_point")
)

// A ContactPoint is the page of one.
type ContactPoint struct {
	ContactPoint models.ContactPoint
	History      History
}

// Misdialled reports whether the phone number cannot be read.
func (c ContactPoint) Misdialled() bool {
	return Misdialled(c.ContactPoint.Phone, c.ContactPoint.State.Country())
}

// ContactPointForm returns the form of a contact point of one of the states that
// somebody with the rights may change.
func (s *Site) ContactPointForm(lang string, f Filled[Values], rights models.Rights) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "contact_point", "/contact-points", f)
	in := f.Input
	b.choice("state", in["state"], true, changeable(b.stateOptions(), in["state"], rights))
	b.choice("matter", in["matter"], true, b.matterOptions(models.Police, models.Customs, models.Both))
	b.text("name", in["name"], true)
	b.text("phone", in["phone"], false)
	if Misdialled(in["phone"], models.State(in["state"]).Country()) {
		b.hint("phone.unread")
	}
	b.text("email", in["email"], false)
	b.text("hours", in["hours"], false)
	return finish(b, f, func(saved Filled[Values]) Form { return s.ContactPointForm(lang, saved, rights) })
}
