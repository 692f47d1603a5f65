package handlers

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// How many things are suggested as one types, offered where a text means several, and
// shown on the page of a search.
const (
	mostSuggested = 8
	mostFound     = 60
)

// search shows what a text may mean, of everything.
func (s *server) search(c *gin.Context) error {
	text := trim(c.Query("q"))
	page := views.Search{Text: text}
	hits, near, err := s.hits(c, text, nil, mostFound)
	if err != nil {
		return err
	}
	page.Near = near
	for _, h := range hits {
		if n := len(page.Groups); n == 0 || page.Groups[n-1].Noun != h.Noun {
			page.Groups = append(page.Groups, views.HitGroup{Noun: h.Noun})
		}
		group := &page.Groups[len(page.Groups)-1]
		group.Hits = append(group.Hits, h)
	}
	return show(s, c, http.StatusOK, views.SearchPage, page)
}

// suggestable are the nouns that a field may be filled in with, and what is looked for.
var suggestable = map[string][]string{
	"posting": {"posting"}, "officer": {"officer"}, "place": {db.FindCountry, db.FindCity, "body"},
	"party":  {db.FindCountry, "body"},
	"agency": {"agency"}, "body": {"body"}, "stand_in": {"officer", "posting"},
}

// suggest answers with what a text may mean, as JSON: with for= what a field of that
// noun may be filled in with, without it anything.
func (s *server) suggest(c *gin.Context) error {
	nouns, known := suggestable[c.Query("for")]
	if !known && c.Query("for") != "" {
		return errBadForm
	}
	mine, most := c.Query("mine") != "", mostSuggested
	if mine {
		most = mostFound // of which some are left
	}
	if c.Query("for") == "stand_in" {
		return s.suggestHoldings(c)
	}
	hits, near, err := s.hits(c, trim(c.Query("q")), nouns, most)
	if err != nil {
		return err
	}
	if mine {
		d, err := s.directory(c.Request.Context())
		if err != nil {
			return err
		}
		rights := rightsOf(c.Request.Context())
		hits = slices.DeleteFunc(hits, func(h views.Hit) bool {
			sending := d.Agency(h.ID)
			if p := d.Post(h.ID); h.Noun == "posting" && p != nil {
				sending = d.Sending(p)
			}
			return !rights.MayChange(sending.Country)
		})
	}
	return offer(c, hits, near)
}

// suggestHoldings suggests who may stand in: assignments from today on.
func (s *server) suggestHoldings(c *gin.Context) error {
	ctx := c.Request.Context()
	found, near, err := s.reading(ctx).Find(ctx, trim(c.Query("q")), suggestable["stand_in"], s.today(), mostSuggested)
	if err != nil {
		return err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	var hits []views.Hit
	for _, h := range heldBy(d, found, models.Period{First: s.today(), Last: models.Forever}) {
		hits = append(hits, s.site.HoldingHit(s.language(c), d, h))
	}
	return offer(c, hits, near)
}

// offer answers with what is suggested.
func offer(c *gin.Context, hits []views.Hit, near bool) error {
	c.Header("Cache-Control", "private, no-store")
	c.JSON(http.StatusOK, gin.H{"near": near, "found": nonNil(hits[:min(len(hits), mostSuggested)])})
	return nil
}

func nonNil[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// hits finds what a text may mean, in the reader's words.
func (s *server) hits(c *gin.Context, text string, nouns []string, most int) ([]views.Hit, bool, error) {
	ctx, lang := c.Request.Context(), s.language(c)
	found, near, err := s.reading(ctx).Find(ctx, text, nouns, s.today(), most)
	if err != nil {
		return nil, false, err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return nil, false, err
	}
	var hits []views.Hit
	for _, f := range found {
		switch f.Noun {
		case db.FindCountry:
			hits = append(hits, s.site.CountryHit(lang, f.Country))
		case db.FindCity:
			hits = append(hits, s.site.CityHit(lang, f.City, f.Country))
		default:
			hits = append(hits, s.site.RecordHit(lang, d, f.Noun, f.ID, s.today()))
		}
	}
	if len(nouns) == 0 {
		plans, err := s.plansFound(ctx, text, most-len(hits))
		if err != nil {
			return nil, false, err
		}
		hits = append(hits, plans...)
	}
	return hits, near, nil
}

// plansFound finds plans by words of their names.
func (s *server) plansFound(ctx context.Context, text string, most int) (hits []views.Hit, _ error) {
	words := models.Words(text)
	if len(words) == 0 || !rightsOf(ctx).Holds(models.Coordinator) {
		return nil, nil
	}
	plans, err := s.reading(ctx).Plans(ctx, visitorOf(ctx).account.ID)
	for _, p := range plans {
		named := models.SearchWords(p.Name)
		all := !p.Untold
		for _, w := range words {
			all = all && slices.ContainsFunc(named, func(n string) bool { return strings.HasPrefix(n, w) })
		}
		if all && len(hits) < most {
			hits = append(hits, views.Hit{Noun: "plan", ID: p.ID, Label: p.Name, Note: p.Email, URL: recordPath("plan", p.ID)})
		}
	}
	return hits, err
}

// A namer finds out which record a text in a form means.
type namer struct {
	*server
	ctx context.Context
	d   *models.Directory
	ps  *models.Problems
}

// found returns the ID of the record of a noun that a text means, by any part of what
// is shown of it, misspelt or not. Where it may mean several, or none, it adds a
// problem with the field and returns 0.
func (n namer) found(field, noun, text string) (int64, error) {
	found, _, err := n.reading(n.ctx).Find(n.ctx, text, []string{noun}, n.today(), mostSuggested)
	if err != nil {
		return 0, err
	}
	return n.only(field, noun, text, found), nil
}

// only returns the ID of the one record that was found. Of several, or none, it adds a
// problem and returns 0.
func (n namer) only(field, noun, text string, found []db.Found) int64 {
	switch len(found) {
	case 1:
		return found[0].ID
	case 0:
		problem(n.ps, field, "problem.not_found", "value", text)
	default:
		n.ambiguous(field, noun, text, found[:min(len(found), mostSuggested)])
	}
	return 0
}

// ambiguous adds a problem that offers what a text may mean.
func (n namer) ambiguous(field, noun, text string, found []db.Found) {
	p := models.Problem{Field: field, Row: -1, Message: models.Say("problem.ambiguous", "value", text)}
	lang := languageOf(n.ctx)
	for _, f := range found {
		if noun == "posting" && n.d.Post(f.ID) == nil {
			continue
		}
		p.Choices = append(p.Choices, n.site.RecordHit(lang, n.d, noun, f.ID, n.today()).Value)
	}
	*n.ps = append(*n.ps, p)
}

// officer returns the officer meant in a form field, the zero Officer with a problem if
// none is, or several.
func (n namer) officer(field, text string) (models.Officer, error) {
	text = trim(text)
	named := n.d.OfficersNamed(text)
	switch {
	case text == "":
		problem(n.ps, field, "problem.required")
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		var found []db.Found
		for _, o := range named[:min(len(named), mostSuggested)] {
			found = append(found, db.Found{ID: o.ID})
		}
		n.ambiguous(field, "officer", text, found)
	default:
		id, err := n.found(field, "officer", text)
		return n.d.Officer(id), err
	}
	return models.Officer{}, nil
}

// post returns the posting meant in a form field, an empty one with a problem if none
// is, or several.
func (n namer) post(field, text string) (*models.Post, error) {
	if p := n.d.PostNamed(text); p != nil {
		return p, nil
	}
	if trim(text) == "" {
		problem(n.ps, field, "problem.required")
		return &models.Post{}, nil
	}
	id, err := n.found(field, "posting", text)
	return cmp.Or(n.d.Post(id), &models.Post{}), err
}
