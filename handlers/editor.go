package handlers

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"

	"samband/db"
	"samband/models"
	"samband/views"
)

// An editor creates, changes and removes the records of one noun. What differs
// between nouns is in its fields.
type editor[T, In any] struct {
	s    *server
	noun string // in addresses and messages: "officer"
	// owner is the field that decides whose a record is, "" where no choice does: what
	// may not be kept is said there.
	owner string
	// keeper is the role that keeps such records: the coordinator's if it is empty.
	keeper models.Role

	load   func(ctx context.Context, id int64) (T, error)
	state  func(ctx context.Context, v T) error         // why the visitor may not change a record, nil if he or she may
	blank  func(c *gin.Context) (In, error)             // the form of a new record
	input  func(ctx context.Context, v T) (In, error)   // the form of a record as saved
	fill   func(ctx context.Context, v *T, in In) error // models.Problems, or another error
	save   func(tx *db.Tx, v *T) error
	remove func(tx *db.Tx, id int64, version int) error
	ident  func(v *T) (id *int64, version *int)
	form   func(c *gin.Context, v T, f views.Filled[In]) (views.Form, error)
	name   func(c *gin.Context, v T) (string, error) // what readers know a record by
	// find loads the record in the address, and path is the address of a record,
	// where that has no number. Both may be nil.
	find func(c *gin.Context) (T, error)
	path func(v T) string
	// check returns what is wrong with a record, looked at alone.
	check func(v T) models.Problems
	// place moves problems from rows of the record to rows of the form, which
	// may have empty ones in between. It may be nil.
	place func(in In, ps models.Problems) models.Problems
	// more adds rows to a form that was sent only to get more of them, and
	// reports whether it was. It may be nil.
	more func(in *In) bool
}

func (e editor[T, In]) new(c *gin.Context) error {
	in, err := e.blank(c)
	if err != nil {
		return err
	}
	var none T
	return e.show(c, http.StatusOK, none, views.Filled[In]{Input: in})
}

func (e editor[T, In]) create(c *gin.Context) error {
	var v T
	return e.keep(c, v)
}

func (e editor[T, In]) edit(c *gin.Context) error {
	v, err := e.record(c)
	if err != nil {
		return err
	}
	in, err := e.input(c.Request.Context(), v)
	if err != nil {
		return err
	}
	_, version := e.ident(&v)
	return e.show(c, http.StatusOK, v, views.Filled[In]{Version: *version, Input: in})
}

// show shows the form of a record: of a new one if it has no ID.
func (e editor[T, In]) show(c *gin.Context, status int, v T, f views.Filled[In]) error {
	id, _ := e.ident(&v)
	f.ID = *id
	form, err := e.form(c, v, f)
	if err != nil {
		return err
	}
	return e.s.showForm(c, status, form)
}

func (e editor[T, In]) update(c *gin.Context) error {
	v, err := e.record(c)
	if err != nil {
		return err
	}
	return e.keep(c, v)
}

// keep fills the record from the form and saves it. If there are problems, it
// saves nothing, and shows the form again as it was filled in, with them. A
// form older than the record is shown beside the record as it is now: sent once
// more, the form wins.
func (e editor[T, In]) keep(c *gin.Context, v T) error {
	var in In
	if err := bind(c, &in); err != nil {
		return err
	}
	form, saved := views.Filled[In]{Version: formVersion(c), Input: in}, v
	if again(c) || e.more != nil && e.more(&form.Input) {
		return e.show(c, http.StatusOK, saved, form)
	}
	id, version := e.ident(&v)
	*version = formVersion(c)
	tried := v
	err := e.fill(c.Request.Context(), &tried, in)
	if err == nil {
		told, bad := e.forecast(c, *id).told(e.s, c, func(tx *db.Tx) error { return e.save(tx, &tried) })
		if told {
			return bad
		}
		err = bad
	}
	if err == nil {
		err = e.fill(c.Request.Context(), &v, in)
	} else {
		v = tried
	}
	if err == nil {
		err = e.s.write(c, func(tx *db.Tx) error { return e.save(tx, &v) })
	}
	problems, refused := errors.AsType[models.Problems](err)
	if foreign := e.foreign(c.Request.Context(), v, problems, err); len(foreign) > 0 {
		form.Problems = append(foreign, problems...)
		return e.show(c, http.StatusForbidden, saved, form)
	}
	if refused {
		problems = merged(problems, e.check(v))
		if e.place != nil {
			problems = e.place(in, problems)
		}
		form.Problems = problems
		return e.show(c, http.StatusUnprocessableEntity, saved, form)
	}
	if errors.Is(err, db.ErrStale) {
		return e.stale(c, *id, form)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, e.at(v))
	return nil
}

// foreign returns the problem of a record that would be one that the visitor may not
// change, if saving it was refused: none if its owner is not even known. Nothing else is
// said then that only the database knows.
func (e editor[T, In]) foreign(ctx context.Context, v T, problems models.Problems, err error) (ps models.Problems) {
	if e.owner == "" || err == nil || problems.Has(e.owner) {
		return nil
	}
	if errors.Is(err, db.ErrForbidden) || len(problems) > 0 && errors.Is(e.state(ctx, v), db.ErrForbidden) {
		notYours(ctx, &ps, e.owner, cmp.Or(e.keeper, models.Coordinator))
	}
	return ps
}

// forecast returns what is said of the form of a record before it is saved.
func (e editor[T, In]) forecast(c *gin.Context, id int64) forecast {
	lang := e.s.language(c)
	x := forecast{title: e.s.site.Say(lang, models.Say(e.noun+".new")), submit: e.s.site.Say(lang, models.Say("form.create")), cancel: listPath(e.noun)}
	if id != 0 {
		x.title, x.submit, x.cancel = e.s.site.Say(lang, models.Say("preview.title")), e.s.site.Say(lang, models.Say("form.save")), strings.TrimSuffix(c.Request.URL.Path, "/edit")
	}
	return x
}

// at returns the address of a record.
func (e editor[T, In]) at(v T) string {
	if e.path != nil {
		return e.path(v)
	}
	id, _ := e.ident(&v)
	return recordPath(e.noun, *id)
}

// merged adds the problems of fields that have none yet, so that a form says at
// once all that is wrong with it. An empty key is no problem: one is made.
func merged(problems, more models.Problems) models.Problems {
	for _, p := range more {
		if !problems.Has(p.Field) && (p.Field != "key" || p.Key != "problem.required") {
			problems = append(problems, p)
		}
	}
	return problems
}

// stale shows a form that is older than the record, beside the record as it is
// now.
func (e editor[T, In]) stale(c *gin.Context, id int64, form views.Filled[In]) error {
	v, err := e.load(c.Request.Context(), id)
	if err != nil {
		return err
	}
	saved, err := e.input(c.Request.Context(), v)
	if err != nil {
		return err
	}
	_, version := e.ident(&v)
	form.Saved, form.Version = &saved, *version
	return e.show(c, http.StatusConflict, v, form)
}

// record loads the record in the address, which the visitor must be allowed to
// change.
func (e editor[T, In]) record(c *gin.Context) (v T, err error) {
	if v, err = e.loaded(c); err == nil {
		err = e.state(c.Request.Context(), v)
	}
	return v, err
}

// loaded loads the record in the address, which the visitor must be allowed to
// see.
func (e editor[T, In]) loaded(c *gin.Context) (v T, err error) {
	if e.find != nil {
		return e.find(c)
	}
	id, err := idIn(c, e.noun)
	if err != nil {
		return v, err
	}
	return e.load(c.Request.Context(), id)
}

// idIn reads a record's number from the address. Anything but a positive number
// is db.ErrNotFound.
func idIn(c *gin.Context, param string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(param), 10, 64)
	if err != nil || id < 1 {
		return 0, db.ErrNotFound
	}
	return id, nil
}

// formVersion returns the version of the record that the form was opened on.
func formVersion(c *gin.Context) int {
	version, _ := strconv.Atoi(c.PostForm("version"))
	return version
}

// bind reads the form that was sent into in. It returns errBadForm or an
// *http.MaxBytesError.
func bind(c *gin.Context, in any) error {
	err := c.Request.ParseForm()
	takeChoices(c.Request.PostForm)
	readDays(c.Request.PostForm, todayOf(c.Request.Context()))
	values, plain := in.(interface{ Take(url.Values) })
	if _, only := in.(*views.Values); !only && err == nil {
		err = c.ShouldBindWith(in, binding.FormPost)
	}
	if plain && err == nil {
		values.Take(c.Request.PostForm)
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge
	}
	if err != nil {
		return errBadForm
	}
	return nil
}

// takeChoices puts what was chosen of several that a field may have meant into the
// field, or into the row of a table's column that its name ends in.
func takeChoices(values url.Values) {
	for name, chosen := range values {
		field, offered := strings.CutPrefix(name, "choose.")
		if !offered {
			continue
		}
		delete(values, name)
		at := strings.LastIndexByte(field, '.')
		row, err := strconv.Atoi(field[at+1:])
		if column := values[field[:max(at, 0)]]; err == nil && row >= 0 && row < len(column) {
			column[row] = chosen[0]
		} else if err != nil {
			values[field] = chosen
		}
	}
}

// plainInput returns the form of a saved record, and fillPlain fills a record
// from its form, if all its fields are plain: the form calls them what files
// call them.
func plainInput[T any](_ context.Context, v T) (views.Values, error) { return models.Texts(&v), nil }

func fillPlain[T any](_ context.Context, v *T, in views.Values) error {
	return models.SetTexts(v, in.Get).Err()
}

// listPath returns the address of all records of a noun: /contact-points.
func listPath(noun string) string {
	return "/" + strings.ReplaceAll(db.Plural(noun), "_", "-")
}

// recordPath returns the address of a record: /contact-points/7.
func recordPath(noun string, id int64) string {
	return listPath(noun) + "/" + strconv.FormatInt(id, 10)
}
