package models

// A ContactPoint is whom to ring in one's own country: the fallback answer to
// the main question.
type ContactPoint struct {
	ID      int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version int    `as:"-"`
	State   State  `told:"open"`
	Matter  Matter `told:"open"`
	Name    string `told:"open"`
	Phone   string `as:",code" told:"open"`
	Email   string `as:",code" told:"open"`
	Hours   string `told:"open"`
}

// CheckContactPoint returns what is wrong with c by itself.
func CheckContactPoint(c ContactPoint) Problems {
	var ps Problems
	if !c.State.Valid() {
		ps.add("state", "problem.state", "value", string(c.State))
	}
	if !c.Matter.Valid() {
		ps.add("matter", "problem.matter", "value", string(c.Matter))
	}
	ps.text("name", c.Name, 200, true)
	ps.text("phone", c.Phone, 60, false)
	ps.text("hours", c.Hours, 100, false)
	ps.email(c.Email)
	return ps
}
