package models

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// A Date is a calendar day: the number of days since 0000-12-31 in the
// proleptic Gregorian calendar, so that 0001-01-01 is 1 and tomorrow is d+1.
// The zero Date means "not given".
type Date int32

// Forever is the last day of anything without an end. It is stored as 9999-12-31
// and written as an empty field.
const Forever Date = 3652059

// ErrDate says that a text is not a day of the calendar.
var ErrDate = errors.New("not a day like 2026-11-23")

// ParseDate reads a day written YYYY-MM-DD, from 0001-01-01 to 9999-12-31.
// Anything else, such as 2026-02-30 or a day with a time, is ErrDate.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, ErrDate
	}
	year, month, day := number(s[:4]), number(s[5:7]), number(s[8:])
	if year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, ErrDate
	}
	return ymd(year, month, day), nil
}

// DateOf returns the day that t shows on the calendar of its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return ymd(y, int(m), d)
}

// Civil returns the year, the month (1-12) and the day of the month.
func (d Date) Civil() (year, month, day int) {
	// The calendar is counted from 1 March of year 0, so that a leap day ends
	// its year, in eras of 400 years, each 146,097 days long.
	z := int(d) + 305
	era := z / 146097
	doe := z % 146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	year = yoe + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Open reports whether d is Forever.
func (d Date) Open() bool { return d == Forever }

// Months returns the same day n months later (earlier if n is negative), or the
// last of that month where it has no such day, kept within the calendar.
func (d Date) Months(n int) Date {
	year, month, day := d.Civil()
	const most = 12 * 9999 // any more leaves the calendar from any day
	months := year*12 + month - 1 + min(max(n, -most), most)
	if months < 12 {
		return 1
	}
	year, month = months/12, months%12+1
	if year > 9999 {
		return Forever
	}
	return ymd(year, month, min(day, daysIn(year, month)))
}

// Years returns the day n years later (earlier if n is negative), kept within
// the calendar. A 29 February becomes 28 February in a common year.
func (d Date) Years(n int) Date {
	y, m, day := d.Civil()
	y = min(max(y+n, 1), 9999)
	return ymd(y, m, min(day, daysIn(y, m)))
}

// Append adds the day as YYYY-MM-DD, or nothing when it is not given.
func (d Date) Append(b []byte) []byte {
	if d <= 0 {
		return b
	}
	y, m, day := min(d, Forever).Civil()
	return append(b, digit(y/1000), digit(y/100), digit(y/10), digit(y), '-',
		digit(m/10), digit(m), '-', digit(day/10), digit(day))
}

// String returns the day as YYYY-MM-DD, and "" when it is not given.
func (d Date) String() string { return string(d.Append(nil)) }

// LastDay returns the day as a file or a form shows a last day: "" when it is
// open or not given.
func (d Date) LastDay() string {
	if d.Open() {
		return ""
	}
	return d.String()
}

// MarshalJSON writes the day as a string, and null when it is open or not
// given.
func (d Date) MarshalJSON() ([]byte, error) {
	if d <= 0 || d.Open() {
		return []byte("null"), nil
	}
	return append(d.Append([]byte{'"'}), '"'), nil
}

// UnmarshalJSON reads what MarshalJSON writes. Null leaves d as it was.
func (d *Date) UnmarshalJSON(b []byte) (err error) {
	if string(b) == "null" {
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return ErrDate
	}
	*d, err = ParseDate(string(b[1 : len(b)-1]))
	return err
}

// Value makes a Date an SQL value: ISO text, or NULL when it is not given.
func (d Date) Value() (driver.Value, error) {
	if d <= 0 {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a day from SQL: ISO text, a date, or NULL.
func (d *Date) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*d = 0
	case string:
		*d, err = ParseDate(v)
	case []byte:
		*d, err = ParseDate(string(v))
	case time.Time:
		*d = DateOf(v)
	default:
		err = fmt.Errorf("models: a day cannot be read from %T", v)
	}
	return err
}

// ymd returns the Date of a day that exists.
func ymd(year, month, day int) Date {
	if month > 2 {
		month -= 3
	} else {
		month += 9
		year--
	}
	era, yoe := year/400, year%400
	doy := (153*month+2)/5 + day - 1
	return Date(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 305)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// number reads a few decimal digits, and gives -1 for anything else.
func number(s string) int {
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return -1
		}
		n = n*10 + int(c)
	}
	return n
}

func digit(n int) byte { return byte('0' + n%10) }
