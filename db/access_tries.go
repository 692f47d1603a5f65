package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Meter allows Most tries at once, and one more after each Every. Who is what
// it counts for, as a text that does not reveal who that is.
type Meter struct {
	Who   string
	Most  int
	Every time.Duration
}

// room returns how long a meter takes to recover from all its tries, in
// milliseconds.
func (m Meter) room() int64 { return int64(m.Most) * m.Every.Milliseconds() }

// wait returns how long it takes until a meter has n tries left, given when it
// is due.
func (m Meter) wait(due, now int64, n int) time.Duration {
	return time.Duration(max(due, now)+int64(n)*m.Every.Milliseconds()-now-m.room()) * time.Millisecond
}

// mostTries bounds how many meters are stored. Beyond it, those with the least
// charged to them are deleted. Tests change it.
var mostTries = 50_000

// A charge is the state of a meter: when it will have all its tries again, in
// milliseconds since 1970.
type charge struct {
	Who string `gorm:"primaryKey"`
	Due int64
}

func (charge) TableName() string { return "tries" }

// due returns when a meter will have all its tries again, 0 if nothing is
// charged to it.
func (r Reader) due(who string) (int64, error) {
	c, err := orNone(rowsOf[charge](r.g).Where("who = ?", who).Take(r.ctx))
	return c.Due, err
}

// Tries returns whether anything is charged to any of the meters, and how long
// to wait until each of them has a try left: 0 if each has.
func (s *Store) Tries(ctx context.Context, now time.Time, meters []Meter) (charged bool, wait time.Duration, err error) {
	err = s.View(ctx, func(r Reader) error {
		for _, m := range meters {
			due, err := r.due(m.Who)
			if err != nil {
				return err
			}
			charged = charged || due > now.UnixMilli()
			wait = max(wait, m.wait(due, now.UnixMilli(), 1))
		}
		return nil
	})
	return charged, wait, wrap("tries", err)
}

// TakeTries takes a try from each meter, for all processes that use the
// database, and two from a meter that is listed twice. If one has none left, it
// takes nothing and returns how long to wait; but if used is true the tries
// have been made, and are taken as far as there are any. last reports whether
// some meter has none left now. It leaves no row in the trail.
func (s *Store) TakeTries(ctx context.Context, now time.Time, meters []Meter, used bool) (wait time.Duration, last bool, err error) {
	at := now.UnixMilli()
	err = s.Write(ctx, Actor{}, func(tx *Tx) error {
		if err := tx.forgetTries(at); err != nil {
			return err
		}
		for _, m := range meters {
			due, err := tx.due(m.Who)
			if err != nil {
				return err
			}
			if wait = m.wait(due, at, 1); wait > 0 && !used {
				last = false
				return errNoTries
			}
			due = min(max(due, at)+m.Every.Milliseconds(), at+m.room())
			last = last || m.wait(due, at, 1) > 0
			if err := put(tx, charge{m.Who, due}); err != nil {
				return err
			}
		}
		wait = 0
		return nil
	})
	if err == errNoTries {
		err = nil
	}
	return wait, last, wrap("take tries", err)
}

// ReturnTries gives a try back to each meter.
func (s *Store) ReturnTries(ctx context.Context, now time.Time, meters []Meter) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		for _, m := range meters {
			less := gorm.Expr("due - ?", m.Every.Milliseconds())
			if _, err := rowsOf[charge](tx.g).Where("who = ?", m.Who).Update(tx.ctx, "due", less); err != nil {
				return err
			}
		}
		return tx.forgetTries(now.UnixMilli())
	})
}

// forgetTries deletes the meters that have all their tries again and, if too
// many are left, those that would be next.
func (tx *Tx) forgetTries(now int64) error {
	if _, err := rowsOf[charge](tx.g).Where("due <= ?", now).Delete(tx.ctx); err != nil {
		return err
	}
	n, err := rowsOf[charge](tx.g).Count(tx.ctx)
	if err == nil && int(n) > mostTries {
		next := tx.of(charge{}).Select("who").Order("due").Limit(int(n) - mostTries + mostTries/10)
		_, err = rowsOf[charge](tx.g).Where("who IN (?)", next).Delete(tx.ctx)
	}
	return err
}
