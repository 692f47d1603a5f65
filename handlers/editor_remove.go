package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

func (e editor[T, In]) askRemove(c *gin.Context) error {
	v, err := e.record(c)
	if err != nil {
		return err
	}
	return e.ask(c, http.StatusOK, v, nil)
}

// removeRecord removes the record. If others refer to it, it shows them
// instead; if somebody has just changed it, it asks once more.
func (e editor[T, In]) removeRecord(c *gin.Context) error {
	v, err := e.record(c)
	if err != nil {
		return err
	}
	id, _ := e.ident(&v)
	err = e.s.write(c, func(tx *db.Tx) error { return e.remove(tx, *id, formVersion(c)) })
	if refs, ok := errors.AsType[*db.Referred](err); ok {
		return e.ask(c, http.StatusConflict, v, refs)
	}
	if errors.Is(err, db.ErrStale) {
		if v, err = e.record(c); err != nil {
			return err
		}
		return e.ask(c, http.StatusConflict, v, nil)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, listPath(e.noun))
	return nil
}

// ask shows the page that asks whether to remove the record, or that lists what
// still refers to it.
func (e editor[T, In]) ask(c *gin.Context, status int, v T, refs *db.Referred) error {
	name, err := e.name(c, v)
	if err != nil {
		return err
	}
	_, version := e.ident(&v)
	at := e.at(v)
	data := views.Remove{Noun: e.noun, Name: name, Action: at + "/remove", Cancel: at, Version: *version,
		Refused: refs != nil, Stale: status == http.StatusConflict && refs == nil}
	if refs != nil {
		data.By = e.s.referring(e.s.language(c), refs)
		data.More = refs.Total - len(refs.By)
	}
	return show(e.s, c, status, views.RemovePage, data)
}

// referring returns links to the records that keep one from being removed.
func (s *server) referring(lang string, refs *db.Referred) (links []views.Link) {
	for _, r := range refs.By {
		named := cmp.Or(strings.Trim(r.Name, ", "), s.site.Say(lang, models.Say("officer.masked_alone")))
		links = append(links, views.Link{Noun: r.Noun, Name: named, URL: recordPath(r.Noun, r.ID)})
	}
	return links
}
