package handlers

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/models"
)

// dayNames are what parameters and fields of forms are called, without the list that
// they are in, that hold a day.
var dayNames = []string{"on", "ends_by", "known", "from", "to", "until", "since", "first_day", "last_day", "planned_last_day", "successor_last_day",
	"opened", "closed", "founded", "ended", "mandate_until", "renamed_from", "expires"}

type todayKey struct{}

// todayOf returns today, as it was when a request began.
func todayOf(ctx context.Context) models.Date {
	today, _ := ctx.Value(todayKey{}).(models.Date)
	return today
}

// readDays puts days that people have written in one of their ways into values as
// programs write them. What is no day stays, to be refused.
func readDays(values url.Values, today models.Date) {
	for name, texts := range values {
		if !slices.Contains(dayNames, name[strings.LastIndexByte(name, '.')+1:]) {
			continue
		}
		for i, text := range texts {
			if d, ok := models.ReadDay(text, today); ok {
				texts[i] = d.String()
			}
		}
	}
}

// forPeople reports whether an address is that of a page. Programs and files are asked
// with days written in one way.
func forPeople(c *gin.Context) bool { return !isAPI(c) && path.Ext(c.Request.URL.Path) == "" }
