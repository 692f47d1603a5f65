package handlers

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

type knownKey struct{}

// A knowing is a directory as it was known at the end of a day.
type knowing struct {
	day     models.Date
	reading db.Reading
}

// knownOf returns the day of which what is read is known, 0 for the present.
func knownOf(ctx context.Context) models.Date {
	k, _ := ctx.Value(knownKey{}).(*knowing)
	if k == nil {
		return 0
	}
	return k.day
}

// asKnown lets a page be asked for as it would have been at the end of the day
// "known": what it reads is then the directory of that day.
func (s *server) asKnown(handle func(*gin.Context) error) func(*gin.Context) error {
	return func(c *gin.Context) error {
		ctx := c.Request.Context()
		day, reading, err := s.known(ctx, queryOf(c))
		if err != nil {
			return err
		}
		if day != 0 {
			c.Request = c.Request.WithContext(context.WithValue(ctx, knownKey{}, &knowing{day, reading}))
		}
		return handle(c)
	}
}

// known reads "known", and returns the directory as it was at the end of that
// day: the present one, and 0, where it is empty or today. Of days to come
// nothing is known.
func (s *server) known(ctx context.Context, in *query) (models.Date, db.Reading, error) {
	today := s.today()
	day := in.day("known", today)
	if day > today {
		in.refuse("known", "problem.known")
	}
	if err := in.problems.Err(); err != nil {
		return 0, db.Reading{}, err
	}
	reading := s.reading(ctx)
	if day == today {
		return 0, reading, nil
	}
	year, month, of := (day + 1).Civil()
	reading, err := reading.Known(ctx, time.Date(year, time.Month(month), of, 0, 0, 0, 0, s.zone))
	return day, reading, err
}
