package views

import "samband/models"

// AttestationPage is where coordinators confirm their lists.
var AttestationPage = page[Attestation]("attestation")

type (
	// An Attestation is the page on which lists are confirmed.
	Attestation struct {
		Directory *models.Directory
		Lists     []AttestedList
		Within    int // days after which a list is overdue
	}
	// An AttestedList is the open postings of a state.
	AttestedList struct {
		models.Freshness
		Posts []*models.Post
	}
	// A Fresh says when a posting was confirmed.
	Fresh struct {
		On  models.Date // the last day, 0 if never
		Due bool        // it is to be confirmed again
	}
)

// Fresh says when a posting of the lists was confirmed.
func (a Attestation) Fresh(p *models.Post, today models.Date) Fresh {
	return freshOf(a.Directory, p, today, a.Within)
}

func freshOf(d *models.Directory, p *models.Post, today models.Date, within int) Fresh {
	return Fresh{d.AttestedOn(p), d.Due(p, today, within)}
}

// Holders returns who holds a posting on a day.
func (a Attestation) Holders(p *models.Post, on models.Date) []AssignmentLine {
	return Posting{Directory: a.Directory, Post: p}.Holders(on)
}

// Fresh says when the posting was confirmed.
func (p Posting) Fresh(today models.Date) Fresh { return freshOf(p.Directory, p.Post, today, p.Within) }

// Fresh says when the posting behind an answer was confirmed.
func (r Represent) Fresh(p *models.Post, today models.Date) Fresh {
	return freshOf(r.Directory, p, today, r.Within)
}
