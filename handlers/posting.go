package handlers

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// postings is the editor of postings.
func (s *server) postings() editor[models.Posting, views.PostingInput] {
	return editor[models.Posting, views.PostingInput]{
		s: s, noun: "posting", owner: "agency",
		load:  func(ctx context.Context, id int64) (models.Posting, error) { return s.reading(ctx).Posting(ctx, id) },
		state: func(ctx context.Context, p models.Posting) error { return s.ofAgency(ctx, p.AgencyID) },
		blank: s.blankPosting,
		input: s.postingInput,
		fill:  s.fillPosting,
		check: func(p models.Posting) models.Problems {
			return models.CheckPosting(p, models.Agency{}, models.Body{Key: p.HostBody, Ended: models.Forever}, nil)
		},
		save:   (*db.Tx).SavePosting,
		remove: (*db.Tx).RemovePosting,
		ident:  func(p *models.Posting) (*int64, *int) { return &p.ID, &p.Version },
		form: func(c *gin.Context, p models.Posting, f views.Filled[views.PostingInput]) (views.Form, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return views.Form{}, err
			}
			f.Title = s.site.Say(s.language(c), models.Say("posting.name", "posting", titled(d, p)))
			return s.site.PostingForm(s.language(c), f, d.NamedOn(s.today()), s.ownAgencies(c.Request.Context(), d)), nil
		},
		name: func(c *gin.Context, p models.Posting) (string, error) {
			d, err := s.directory(c.Request.Context())
			if err != nil {
				return "", err
			}
			return s.site.Say(s.language(c), models.Say("posting.name", "posting", titled(d, p))), nil
		},
		place: placePosting,
		more:  morePostingRows,
	}
}

// postOf returns a posting with what its body is called.
func postOf(d *models.Directory, p models.Posting) *models.Post {
	return &models.Post{Posting: p, Body: d.Name(p.Host()).Called}
}

// titled is a posting for a sentence.
func titled(d *models.Directory, p models.Posting) models.Titled {
	post := postOf(d, p)
	return models.Titled{Post: post, Agency: d.Sending(post)}
}

// blankPosting returns the form of a new posting, with the states ticked that such
// a posting represents by default: all five, or at a body with seats that of the
// agency, or else of the visitor.
func (s *server) blankPosting(c *gin.Context) (views.PostingInput, error) {
	in, ctx := queryOf(c), c.Request.Context()
	agency, host := in.text("agency"), models.BodyKey(strings.ToLower(in.text("body")))
	form := views.PostingInput{Values: views.Values{"agency": agency, "host_organisation": string(host)}}
	d, err := s.directory(ctx)
	if err != nil {
		return form, err
	}
	own := ownState(rightsOf(ctx))
	for _, a := range d.Agencies() {
		if a.Key == agency {
			own = a.Country
		}
	}
	p := models.Posting{HostBody: host}
	if b := d.Body(host); b != nil {
		p = p.At(*b)
		form.Values["role"] = string(p.Role)
	}
	form.TickFor(p.Seating(), statesOf(p.Represents(own)))
	return form, nil
}

func statesOf(all []models.Representation) (states []models.State) {
	for _, r := range all {
		states = append(states, r.State)
	}
	return states
}

// tickAgain gives a new posting the representations of its own seating by default,
// if its form was opened for another one, and nothing else was filled in: whoever
// chooses a body only then has not asked for all five states there.
func (s *server) tickAgain(ctx context.Context, p *models.Posting, in views.PostingInput, sending models.State) error {
	d, err := s.directory(ctx)
	if err != nil || p.ID != 0 || in.TickedFor() == "" {
		return err
	}
	at := *p
	if b := d.Body(p.HostBody); b != nil {
		at = p.At(*b)
	}
	ticked, untouched := len(p.Representations), true
	for _, r := range p.Representations {
		untouched = untouched && r.Matter == models.Both && r.Agreement == "" && r.Period == (models.Period{First: p.Opened, Last: models.Forever})
	}
	asOpened := ticked == len(models.States())
	if in.TickedFor() == models.Seat {
		asOpened = ticked <= 1
	}
	if untouched && asOpened {
		p.Representations = at.Represents(sending)
	}
	return nil
}

// postingInput puts a posting into its form: first a row for each state, then
// any further representations.
func (s *server) postingInput(ctx context.Context, p models.Posting) (views.PostingInput, error) {
	agency, err := s.reading(ctx).Agency(ctx, p.AgencyID)
	in := views.PostingInput{Values: models.Texts(&p)}
	in.Values["agency"] = agency.Key
	used := make([]bool, len(p.Representations))
	add := func(r models.Representation) {
		in.AddRepresentation(string(r.State), r.Matter, r.First.String(), r.Last.LastDay(), r.Agreement)
	}
	for _, state := range models.States() {
		found := false
		for i, r := range p.Representations {
			if r.State == state {
				used[i], found = true, true
				add(r)
				break
			}
		}
		if !found {
			in.AddRepresentation(string(state), "", "", "", "")
		}
	}
	for i, r := range p.Representations {
		if !used[i] {
			add(r)
		}
	}
	for _, c := range p.Coverages {
		in.CoverageCountry = append(in.CoverageCountry, string(c.Country))
		in.CoverageFirst = append(in.CoverageFirst, c.First.String())
		in.CoverageLast = append(in.CoverageLast, c.Last.LastDay())
	}
	for _, x := range p.Suspensions {
		in.SuspensionFirst = append(in.SuspensionFirst, x.First.String())
		in.SuspensionLast = append(in.SuspensionLast, x.Last.LastDay())
		in.SuspensionReason = append(in.SuspensionReason, x.Reason)
	}
	return in, err
}

// fillPosting fills a posting from its form. Empty rows are left out: a state
// that is not ticked, no country, or a suspension without days and reason. An
// empty first day of a representation or coverage is the opening day.
func (s *server) fillPosting(ctx context.Context, p *models.Posting, in views.PostingInput) error {
	var ps models.Problems
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	named := namer{s, ctx, d, &ps}
	agency, err := named.agency("agency", in.Values["agency"], true)
	if err != nil {
		return err
	}
	get, err := named.withBody("host_organisation", in.Get)
	if err != nil {
		return err
	}
	p.AgencyID = agency.ID
	ps = append(ps, models.SetTexts(p, get)...)
	p.Representations, p.Coverages, p.Suspensions = nil, nil, nil
	day := func(row int, field string, column []string, instead models.Date) models.Date {
		if row >= len(column) {
			return instead
		}
		return rowDay(&ps, row, field, column[row], instead)
	}
	for i := range in.RepresentationState {
		if state, matter, _, _, agreement := representation(in, i); matter != "" {
			p.Representations = append(p.Representations, models.Representation{State: state, Matter: matter, Agreement: agreement,
				Period: models.Period{First: day(i, "representations.first_day", in.RepresentationFirst, p.Opened),
					Last: day(i, "representations.last_day", in.RepresentationLast, models.Forever)}})
		}
	}
	for i, country := range in.CoverageCountry {
		if country != "" {
			p.Coverages = append(p.Coverages, models.Coverage{Country: models.Country(country),
				Period: models.Period{First: day(i, "coverages.first_day", in.CoverageFirst, p.Opened),
					Last: day(i, "coverages.last_day", in.CoverageLast, models.Forever)}})
		}
	}
	for i, first := range in.SuspensionFirst {
		if given(in, i) {
			x := models.Suspension{Period: models.Period{First: rowDay(&ps, i, "suspensions.first_day", first, 0),
				Last: day(i, "suspensions.last_day", in.SuspensionLast, models.Forever)}}
			if i < len(in.SuspensionReason) {
				x.Reason = trim(in.SuspensionReason[i])
			}
			p.Suspensions = append(p.Suspensions, x)
		}
	}
	if len(ps) > 0 {
		return unplace(in, ps)
	}
	return s.tickAgain(ctx, p, in, agency.Country)
}

// representation returns row i of the form's representations. Its matter is
// empty if nothing is ticked or no state is chosen.
func representation(in views.PostingInput, i int) (state models.State, matter models.Matter, first, last, agreement string) {
	code, police, customs, first, last, agreement := in.Representation(i)
	switch {
	case code == "":
	case police && customs:
		matter = models.Both
	case police:
		matter = models.Police
	case customs:
		matter = models.Customs
	}
	return models.State(code), matter, first, last, trim(agreement)
}

// given reports whether row i of the suspensions has anything filled in.
func given(in views.PostingInput, i int) bool {
	text := in.SuspensionFirst[i]
	if i < len(in.SuspensionLast) {
		text += in.SuspensionLast[i]
	}
	if i < len(in.SuspensionReason) {
		text += in.SuspensionReason[i]
	}
	return trim(text) != ""
}

func rowDay(ps *models.Problems, row int, field, text string, instead models.Date) models.Date {
	if trim(text) == "" {
		return instead
	}
	d, err := models.ParseDate(trim(text))
	if err != nil {
		*ps = append(*ps, models.Problem{Field: field, Row: row, Message: models.Say("problem.date", "value", text)})
	}
	return d
}

// formRows returns, for each list of a posting, which rows of the form are in
// the record.
func formRows(in views.PostingInput) map[string][]int {
	rows := map[string][]int{}
	for i := range in.RepresentationState {
		if _, matter, _, _, _ := representation(in, i); matter != "" {
			rows["representations"] = append(rows["representations"], i)
		}
	}
	for i, country := range in.CoverageCountry {
		if country != "" {
			rows["coverages"] = append(rows["coverages"], i)
		}
	}
	for i := range in.SuspensionFirst {
		if given(in, i) {
			rows["suspensions"] = append(rows["suspensions"], i)
		}
	}
	return rows
}

// placePosting moves problems from rows of the record to those of the form.
func placePosting(in views.PostingInput, ps models.Problems) models.Problems {
	rows := formRows(in)
	placed := make(models.Problems, len(ps))
	for i, p := range ps {
		list, _, _ := strings.Cut(p.Field, ".")
		if p.Row >= 0 && p.Row < len(rows[list]) {
			p.Row = rows[list][p.Row]
		}
		placed[i] = p
	}
	return placed
}

// unplace moves problems from rows of the form to those of the record, which is
// what problems refer to.
func unplace(in views.PostingInput, ps models.Problems) models.Problems {
	rows := formRows(in)
	for i, p := range ps {
		list, _, _ := strings.Cut(p.Field, ".")
		for j, row := range rows[list] {
			if row == p.Row {
				ps[i].Row = j
				break
			}
		}
	}
	return ps
}

// morePostingRows adds rows to the table whose button was pressed, and reports
// whether one was.
func morePostingRows(in *views.PostingInput) bool {
	const more = 3
	for range more {
		switch in.More {
		case "representations":
			in.AddRepresentation("", "", "", "", "")
		case "coverages":
			in.CoverageCountry = append(in.CoverageCountry, "")
		case "suspensions":
			in.SuspensionFirst = append(in.SuspensionFirst, "")
		default:
			return false
		}
	}
	return true
}

func (s *server) showPosting(c *gin.Context) error { return s.postingPage(c, shown{}) }

// postingPage shows a posting, with a refused remark if there is one.
func (s *server) postingPage(c *gin.Context, as shown) error {
	id, err := idIn(c, "posting")
	if err != nil {
		return err
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	post := d.Post(id)
	if post == nil {
		return db.ErrNotFound
	}
	data := views.Posting{Directory: d, Post: post, Within: s.limits.AttestDays}
	data.Findings, data.Past = d.FindingsOf(post, s.today(), s.limits)
	if data.Follow, err = s.followButton(c, models.FollowedPosting, c.Param("posting")); err != nil {
		return err
	}
	changes := changeable(c.Request.Context(), d.Sending(post).Country) == nil
	if data.History, err = s.history(c, "posting", post.ID, post.Version, changes); err != nil {
		return err
	}
	if data.Remarks, err = s.remarks(c, "posting", post.ID, recordPath("posting", post.ID), d.Sending(post).Country, as); err != nil {
		return err
	}
	return show(s, c, as.code(), views.PostingPage, data)
}
