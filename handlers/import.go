package handlers

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
	"samband/views"
)

// importPath is the page of files to import.
const importPath = "/import"

// showImport shows the form for a file to import.
func (s *server) showImport(c *gin.Context) error {
	return show(s, c, http.StatusOK, views.ImportPage, s.site.ImportForm(s.language(c), interchange.Nouns(), nil))
}

// takeImport takes a file in, and goes on to its preview.
func (s *server) takeImport(c *gin.Context) error {
	name, noun, file, err := readUpload(c)
	if err != nil {
		return err
	}
	if len(file) == 0 {
		return s.refuseFile(c, fileProblem("problem.no_file"))
	}
	if len(file) > db.MostImport {
		return s.refuseFile(c, fileProblem("problem.file_too_large"))
	}
	ctx := c.Request.Context()
	im := db.NewImport(visitorOf(ctx).account.ID, name, file)
	if im.Noun = noun; noun != "" && !slices.Contains(interchange.Nouns(), noun) {
		return errBadForm
	}
	heads, told, err := interchange.Heads(upload(im), s.importOptions(im, nil))
	if why, ok := errors.AsType[models.Problems](fileError(err)); ok {
		return s.refuseFile(c, why)
	}
	if err != nil {
		return err
	}
	if told != "" {
		before, err := s.store.ChosenBefore(ctx, told, namesOf(heads))
		if err != nil {
			return err
		}
		im.Choose(told, namesOf(heads), before)
	}
	if err := s.store.KeepImport(ctx, im); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID))
	return nil
}

// refuseFile asks for another file, and says why.
func (s *server) refuseFile(c *gin.Context, why models.Problems) error {
	return show(s, c, http.StatusUnprocessableEntity, views.ImportPage, s.site.ImportForm(s.language(c), interchange.Nouns(), why))
}

// fileProblem is what is wrong with a file that somebody has sent.
func fileProblem(why string) models.Problems {
	return models.Problems{{Field: "file", Row: -1, Message: models.Say(why, "most", db.MostImport>>20)}}
}

// fileError returns an error of reading a file that somebody has sent as Problems, if it
// is the file's fault: some faults show only when all of it is read.
func fileError(err error) error {
	switch {
	case errors.Is(err, interchange.ErrTooLarge):
		return fileProblem("problem.file_too_large")
	case errors.Is(err, interchange.ErrNoPackage):
		return fileProblem("problem.no_package")
	case errors.Is(err, interchange.ErrUnreadable):
		return fileProblem("problem.file_unreadable")
	}
	return err
}

func namesOf(heads []interchange.Head) (names []string) {
	for _, h := range heads {
		names = append(names, h.Name)
	}
	return names
}

// readUpload reads the form with a file. The name of the file is not trusted: only its
// last part is kept, without control characters.
func readUpload(c *gin.Context) (name, noun string, file []byte, err error) {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return "", "", nil, errBadForm
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return name, noun, file, nil
		}
		if err != nil {
			return "", "", nil, sent(err)
		}
		switch part.FormName() {
		case "file":
			name = models.Printable(part.FileName(), 200)
			if file, err = io.ReadAll(io.LimitReader(part, db.MostImport+1)); err != nil {
				return "", "", nil, sent(err)
			}
		case "noun":
			text, err := io.ReadAll(io.LimitReader(part, 100))
			if err != nil {
				return "", "", nil, sent(err)
			}
			noun = string(text)
		}
	}
}

// sent returns the error of reading a form: too large, or else broken.
func sent(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return large
	}
	return errBadForm
}

// importID is how imports are named.
var importID = regexp.MustCompile(`^[0-9a-f]{32}$`)

// importOf returns the import that an address names.
func (s *server) importOf(c *gin.Context) (db.Import, error) {
	ctx := c.Request.Context()
	if !importID.MatchString(c.Param("import")) {
		return db.Import{}, db.ErrNotFound
	}
	return s.store.KeptImport(ctx, visitorOf(ctx).account.ID, c.Param("import"))
}

// listImports shows the files that came in.
func (s *server) listImports(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.store.Imports(ctx, visitorOf(ctx).account.ID)
	if err != nil {
		return err
	}
	page, names := views.Imports{}, map[int64]string{0: db.Local.Name}
	for _, im := range all {
		if _, known := names[im.Account]; !known {
			a, err := s.store.Account(ctx, im.Account)
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
			names[im.Account] = a.Email
		}
		page.Rows = append(page.Rows, views.ImportRow{Import: importShown(c, im), By: names[im.Account]})
	}
	return show(s, c, http.StatusOK, views.ImportsPage, page)
}

// importShown returns what a page shows of an import. What somebody has called a file may
// name whom others may not know: it is told to its sender and to those who see everything.
func importShown(c *gin.Context, im db.Import) views.Import {
	ctx := c.Request.Context()
	if im.Account != visitorOf(ctx).account.ID && rightsOf(ctx).Scope() != models.Everything {
		im.Name = ""
	}
	return views.Import{ID: im.ID, Name: im.Name, Noun: im.Noun, Size: im.Size, Hash: im.Hash, Kept: im.Kept, Applied: im.Applied != "",
		Added: im.Added, Changed: im.Changed, LeftOut: im.LeftOut, Reverts: im.Reverts, File: len(im.File) > 0}
}

// showOneImport shows what a file would do, how far that is worked out, or what it did.
func (s *server) showOneImport(c *gin.Context) error {
	im, err := s.importOf(c)
	if err != nil {
		return err
	}
	ctx, actor := c.Request.Context(), s.actor(c)
	if j := s.jobs.find("revert\x00" + im.ID); j != nil && !j.over() && !j.wait(ctx) {
		return s.showProgress(c, im, j)
	}
	if j := s.jobs.find(importKey("import", im, nil, actor)); j != nil && im.Applied == "" {
		if !j.wait(ctx) {
			return s.showProgress(c, im, j)
		}
		if im, err = s.importOf(c); err != nil {
			return err
		}
		if j.err != nil {
			s.jobs.forget(j) // it is told once
		}
		switch {
		case errors.Is(j.err, interchange.ErrMoved):
			return s.showPreview(c, im, http.StatusConflict)
		case j.err != nil:
			return j.err
		}
	}
	if im.Applied != "" {
		return s.showApplied(c, im)
	}
	return s.showPreview(c, im, http.StatusOK)
}

func (s *server) showProgress(c *gin.Context, im db.Import, j *job) error {
	if strings.Contains(c.GetHeader("Accept"), "application/json") {
		c.JSON(http.StatusOK, gin.H{"percent": j.percent()})
		return nil
	}
	c.Header("Refresh", "1; url="+views.ImportURL(im.ID))
	return show(s, c, http.StatusOK, views.ImportingPage, views.Importing{Import: importShown(c, im), Percent: j.percent()})
}

const (
	importRowsShown = 100  // on a page of a preview
	mostWeighed     = 5000 // rows of which it is told what comes of them
)

// showPreview shows what a file would do.
func (s *server) showPreview(c *gin.Context, im db.Import, status int) error {
	ctx, in := c.Request.Context(), queryOf(c)
	take := slices.Concat(in.values["take"], c.PostFormArray("take"))
	j := s.preview(ctx, im, take, s.actor(c))
	if !j.wait(ctx) {
		return s.showProgress(c, im, j)
	}
	if why, ok := errors.AsType[models.Problems](j.err); ok {
		return s.refuseFile(c, why)
	}
	if j.err != nil {
		return j.err
	}
	r := &j.report
	page := views.ImportPreview{Import: importShown(c, im), Report: s.reportShown(c, r, take), Moved: status == http.StatusConflict,
		Mark: markOf(im, take, s.actor(c), r.Revision), Revision: r.Revision}
	page.Columns = s.site.ImportColumns(s.language(c), r.Noun, interchange.Columns(r.Noun))
	page.Nouns = s.site.NounChoice(s.language(c), interchange.Nouns(), r.Noun)
	outcome := cmp.Or(in.text("show"), firstOutcome(r))
	number := max(1, in.count("page", 1, 1_000_000))
	page.List(outcome, number, importRowsShown)
	if page.Heavy = page.Report.Work > mostWeighed; !page.Heavy {
		s.weighed(c, j.draft.NamedOn(s.today()), &page.Weighed)
	}
	return show(s, c, status, views.ImportPreviewPage, page)
}

// firstOutcome returns the outcome of the rows that a preview shows first: those about
// which somebody has to decide something.
func firstOutcome(r *interchange.Report) string {
	if r.Whole { // the row of a head is none
		return string(interchange.Refused)
	}
	total := r.Total()
	for _, o := range []interchange.Outcome{interchange.Refused, interchange.Stale, interchange.Changed, interchange.New} {
		if *total.Of(o) > 0 {
			return string(o)
		}
	}
	return string(interchange.Changed)
}

// markOf identifies what is shown of an import, at a revision of the directory.
func markOf(im db.Import, take []string, actor db.Actor, revision int64) string {
	return db.HashOf([]byte(importKey("mark", im, take, actor) + strconv.FormatInt(revision, 10)))
}

// chooseColumns reads for what somebody takes the heads of a file.
func (s *server) chooseColumns(c *gin.Context) error {
	im, err := s.importOf(c)
	if err != nil {
		return err
	}
	if im.Applied != "" || len(im.File) == 0 {
		return db.ErrNotFound
	}
	noun := cmp.Or(c.PostForm("noun"), im.Noun)
	if !slices.Contains(interchange.Nouns(), noun) {
		return errBadForm
	}
	opts := s.importOptions(im, nil)
	if noun != im.Noun { // another noun has other columns
		opts.Columns = nil
	}
	opts.Noun = noun
	heads, _, err := interchange.Heads(upload(im), opts)
	if err != nil {
		return err
	}
	chosen := map[string]string{}
	for i, h := range heads {
		column, said := c.GetPostForm("column" + strconv.Itoa(i))
		known := slices.Contains(interchange.Columns(noun), column)
		switch {
		case !said || column == views.UnknownColumn || noun != im.Noun && !known: // another noun has other columns
		case column == "" || known:
			if column != h.Column || h.Shown || h.Unknown || opts.Columns[h.Name] != "" {
				chosen[h.Name] = column
			}
		default:
			return errBadForm
		}
	}
	im.Choose(noun, namesOf(heads), chosen)
	if err := s.store.KeepImport(c.Request.Context(), im); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, views.ImportURL(im.ID))
	return nil
}

// discardImport forgets a file that was not imported.
func (s *server) discardImport(c *gin.Context) error {
	im, err := s.importOf(c)
	if err == nil && im.Applied != "" {
		err = db.ErrNotFound
	}
	if err == nil {
		err = s.store.DropImport(c.Request.Context(), im.Account, im.ID)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/imports")
	return nil
}
