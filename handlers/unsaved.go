package handlers

import (
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/views"
)

// unsavedField is the field of a form that names it among those that are not saved.
const unsavedField = "unsaved"

var unsavedName = regexp.MustCompile(`^[0-9A-Za-z]{8,40}$`)

// unsaved returns a form that was sent to path as it is kept. Nothing is kept of one
// with a password or a code, or in which nothing was filled in.
func unsaved(account int64, path string, form url.Values) (u db.Unsaved, ok bool) {
	name := form.Get(unsavedField)
	if !unsavedName.MatchString(name) {
		name = rand.Text()[:16]
	}
	kept := maps.Clone(form)
	for _, field := range []string{unsavedField, "mark", "preview", "form", "more"} {
		delete(kept, field)
	}
	for field := range kept {
		if views.Secret(field) {
			return u, false
		}
	}
	u = db.Unsaved{Account: account, Name: name, Path: path, Form: kept.Encode()}
	text := utf8.ValidString(path) && !strings.Contains(path, "\x00")
	return u, text && len(kept) > 0 && len(u.Form) <= db.MostUnsaved && len(path) <= 2000 && account != 0
}

// keepUnsaved keeps the form of a request without a session, for the account that
// signed in with this browser last. It reports whether it could.
func (s *server) keepUnsaved(c *gin.Context) bool {
	u, ok := unsaved(s.deviceAccount(c), c.Request.URL.RequestURI(), c.Request.PostForm)
	if !ok {
		return false
	}
	if err := s.store.KeepUnsaved(c.Request.Context(), u); err != nil {
		s.log.Error("unsaved form not kept", lineOf(c, "error", err)...)
		return false
	}
	return true
}

// keepTyped keeps a form while it is being filled in, as the script sends it.
func (s *server) keepTyped(c *gin.Context) error {
	if err := c.Request.ParseForm(); err != nil {
		return errBadForm
	}
	form := maps.Clone(c.Request.PostForm)
	path := form.Get("unsaved.path")
	delete(form, "unsaved.path")
	u, ok := unsaved(visitorOf(c.Request.Context()).account.ID, localPath(path), form)
	if !ok || !unsavedName.MatchString(form.Get(unsavedField)) || localPath(path) != path {
		return errBadForm
	}
	if err := s.store.KeepUnsaved(c.Request.Context(), u); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// listUnsaved shows the visitor's forms that are not saved.
func (s *server) listUnsaved(c *gin.Context) error {
	all, err := s.store.UnsavedForms(c.Request.Context(), visitorOf(c.Request.Context()).account.ID)
	if err != nil {
		return err
	}
	var page views.Unsaved
	for _, u := range all {
		line := views.UnsavedForm{Name: u.Name, Action: u.Path, Section: s.site.SectionName(s.language(c), u.Path), Kept: u.Kept.In(s.zone)}
		values := u.Values()
		for _, field := range slices.Sorted(maps.Keys(values)) {
			for _, value := range values[field] {
				line.Fields = append(line.Fields, views.SentField{Name: field, Value: value})
				if field != "version" && strings.TrimSpace(value) != "" {
					line.Typed = append(line.Typed, views.SentField{Name: s.site.FieldName(s.language(c), field), Value: value})
				}
			}
		}
		page.Forms = append(page.Forms, line)
	}
	return show(s, c, http.StatusOK, views.UnsavedPage, page)
}

// discardUnsaved forgets a form of the visitor's.
func (s *server) discardUnsaved(c *gin.Context) error {
	ctx := c.Request.Context()
	name := c.Param("form")
	if !unsavedName.MatchString(name) {
		return db.ErrNotFound
	}
	if err := s.store.DropUnsaved(ctx, visitorOf(ctx).account.ID, name); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/unsaved")
	return nil
}

// saved forgets a form once what it was sent for is done.
func (s *server) saved(c *gin.Context) {
	v := visitorOf(c.Request.Context())
	if v == nil || c.Request.Method != http.MethodPost || c.Writer.Status() != http.StatusSeeOther {
		return
	}
	if name := c.Request.PostForm.Get(unsavedField); unsavedName.MatchString(name) {
		if err := s.store.DropUnsaved(c.Request.Context(), v.account.ID, name); err != nil {
			s.log.Error("saved form still kept as unsaved", lineOf(c, "error", err)...)
		}
	}
}

// unsavedHere returns how many forms the visitor has not saved, of those that are sent
// to a path, or of all if it is "". That it cannot be told is no reason to withhold a
// page.
func (s *server) unsavedHere(c *gin.Context, path string) (n int) {
	v := visitorOf(c.Request.Context())
	if v == nil || v.token {
		return 0
	}
	all, err := s.store.UnsavedForms(c.Request.Context(), v.account.ID)
	if err != nil {
		return 0
	}
	for _, u := range all {
		if path == "" || u.Path == path {
			n++
		}
	}
	return n
}

// showForm shows a form on a page of its own, and says if one like it is not saved.
func (s *server) showForm(c *gin.Context, status int, form views.Form) error {
	if c.Request.Method == http.MethodGet {
		form.Unsaved = s.unsavedHere(c, form.Action)
	} else {
		form.Kept = c.Request.PostForm.Get(unsavedField)
	}
	return show(s, c, status, views.FormPage, form)
}
