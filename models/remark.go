package models

// A Remark is what somebody has said of a posting, an officer or a body, on a day
// and under his or her name. It is a record with a trail of its own, but no part of
// the directory: it answers no question, and is in no file of it. It is told to
// those who are told the note of what it is about.
type Remark struct {
	ID        int64  `gorm:"primaryKey;autoIncrement:false" as:"-"`
	Version   int    `as:"-"`
	About     string `as:"-" told:"open"` // the noun of what it is about
	RecordID  int64  `as:"-" told:"open"` // its ID
	AccountID int64  `as:"-" told:"holder"`
	On        Date   `gorm:"column:on_day" as:"-" told:"open"`
	Text      string `gorm:"column:remark" as:"-" told:"holder,personal"`
}

// MostRemark bounds the text of a remark, in characters.
const MostRemark = 2000

// A SignedRemark is a remark with the e-mail address of who wrote it, "" for the
// program itself.
type SignedRemark struct {
	Remark
	By string
}

// CheckRemark returns what is wrong with a remark by itself.
func CheckRemark(r Remark) Problems {
	var ps Problems
	ps.text("remark", r.Text, MostRemark, true)
	return ps
}

// Silent returns the remark without what it says, as erasing leaves it.
func (r Remark) Silent() Remark {
	r.Text = "–"
	return r
}
