package models

// A Claim says that somebody has taken a finding in hand. Like a Snooze it holds for
// the finding as it was, and unlike one it hides nothing.
type Claim struct {
	Finding string `gorm:"primaryKey" told:"open"`        // its Name
	Posting int64  `gorm:"column:posting_id" told:"open"` // that the finding is about, 0 for none
	State   State  `told:"open"`                          // whose finding it is
	Account int64  `gorm:"column:account_id"`             // who has taken it
	On      Date   `gorm:"column:on_day"`                 // since when
	Email   string `gorm:"-"`                             // of the account
}

// Taking says that findings are taken by somebody, by nobody, or by the account that
// asks.
type Taking string

// The takings, as filters have them; the empty one means any.
const (
	Taken     Taking = "yes"
	NotTaken  Taking = "no"
	TakenByMe Taking = "me"
)

// Takings returns all takings.
func Takings() []Taking { return []Taking{Taken, NotTaken, TakenByMe} }

// Valid reports whether t is a known taking.
func (t Taking) Valid() bool { return t == Taken || t == NotTaken || t == TakenByMe }

// Passes reports whether a claim, which is the zero Claim for a finding that nobody
// has taken, is as t asks for an account.
func (t Taking) Passes(c Claim, account int64) bool {
	switch t {
	case Taken:
		return c.Finding != ""
	case NotTaken:
		return c.Finding == ""
	case TakenByMe:
		return c.Finding != "" && c.Account == account
	}
	return true
}

// Claim returns a claim of a finding as somebody with these rights sees it: who has
// taken it, and when, is between those who may take it. Others learn that somebody
// has.
func (r Rights) Claim(c Claim, x Finding) Claim {
	if r.MayChange(x.Sending) {
		return c
	}
	return Redact(c, ToReader)
}
