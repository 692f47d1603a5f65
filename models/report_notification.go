package models

import "slices"

// A Notified is a posting as the yearly notification of liaison officers tells of it:
// Council Decision 2003/170/JHA, Article 3, asks for where they are posted, their
// duties, and agreements about sharing them.
type Notified struct {
	Post   *Post
	Agency Agency // that sends it
	Status Status
	// Side are the countries to which it is side-accredited on the day.
	Side []Country
	// Police and Customs are the states that it represents on the day.
	Police, Customs []State
	// Agreements are those on which its representations on the day rest, each once.
	Agreements []string
	// Terms are those of its holders on the day.
	Terms []Term
}

// A Notification is the notification of one agency: its postings, and the contact
// points of its state for its matter.
type Notification struct {
	Agency   Agency
	Postings []Notified
	Contacts []ContactPoint
}

// Notifications returns the postings to countries and organisations that are open on a
// day and pass a filter, by sending state and agency, with those of a single agency by
// host and key. Only those that represent a state are returned if one is given.
func (d *Directory) Notifications(f Among, represented State, on Date) (all []Notification) {
	of := map[int64][]Notified{}
	for _, p := range d.Posted(f) {
		n := Notified{Post: p, Agency: d.Sending(p), Status: p.StatusOn(on), Police: p.StatesOn(Police, on), Customs: p.StatesOn(Customs, on)}
		if !p.Life().Has(on) || represented != "" && !slices.Contains(n.Police, represented) && !slices.Contains(n.Customs, represented) {
			continue
		}
		for _, c := range p.Coverages {
			if c.Has(on) && !slices.Contains(n.Side, c.Country) {
				n.Side = append(n.Side, c.Country)
			}
		}
		slices.Sort(n.Side)
		for _, r := range p.Representations {
			if r.Has(on) && r.Agreement != "" && !slices.Contains(n.Agreements, r.Agreement) {
				n.Agreements = append(n.Agreements, r.Agreement)
			}
		}
		for _, a := range p.HoldersOn(on) {
			n.Terms = append(n.Terms, d.term(p, a))
		}
		of[p.AgencyID] = append(of[p.AgencyID], n)
	}
	for id, postings := range of {
		slices.SortStableFunc(postings, func(a, b Notified) int { return comparePlaces(a.Post.Host(), b.Post.Host()) })
		a := d.agencies[id]
		all = append(all, Notification{a, postings, d.Route(a)})
	}
	slices.SortFunc(all, func(a, b Notification) int { return CompareAgencies(a.Agency, b.Agency) })
	return all
}
