package models

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// iso is the form of a day in package time, the yardstick of these tests.
const iso = "2006-01-02"

// Every day of the calendar, counted by package time: each is one more than
// the day before, from 1 to Forever.
func TestDateCountsEveryDay(t *testing.T) {
	day := time.Date(1, 1, 1, 12, 0, 0, 0, time.UTC)
	for d := Date(1); d <= Forever; d++ {
		wantYear, wantMonth, wantDay := day.Date()
		year, month, dom := d.Civil()
		if year != wantYear || month != int(wantMonth) || dom != wantDay {
			t.Fatalf("day %d is %d-%d-%d, want %s", d, year, month, dom, day.Format(iso))
		}
		if got := DateOf(day); got != d {
			t.Fatalf("DateOf(%s) = %d, want %d", day.Format(iso), got, d)
		}
		day = day.Add(24 * time.Hour)
	}
	if day.Year() != 10000 {
		t.Errorf("the day after Forever is %s", day.Format(iso))
	}
}

func TestDateWrittenAndReadBack(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, d Date) {
		day := time.Date(1, 1, int(d), 0, 0, 0, 0, time.UTC)
		if got := d.String(); got != day.Format(iso) {
			t.Fatalf("day %d is written %q, want %q", d, got, day.Format(iso))
		}
		if got, err := ParseDate(d.String()); got != d || err != nil {
			t.Fatalf("ParseDate(%q) = %d, %v, want %d", d, got, err, d)
		}
	}
	for _, year := range []int{1, 4, 100, 400, 1582, 1899, 1900, 1984, 1999, 2000, 2023, 2024, 2025, 2026, 2027, 2028, 2100, 2400, 9996, 9999} {
		first, last := DateOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)), DateOf(time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC))
		for d := first; d <= last; d++ {
			check(t, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, Date(rapid.Int32Range(1, int32(Forever)).Draw(t, "day")))
	})
}

func TestDateOfItsOwnLocation(t *testing.T) {
	instant := time.Date(2026, 3, 1, 5, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		zone  string
		hours int
		want  string
	}{
		{"Honolulu is a day behind", -10, "2026-02-28"},
		{"UTC", 0, "2026-03-01"},
		{"Stockholm", 1, "2026-03-01"},
		{"Kiritimati is not yet a day ahead", 14, "2026-03-01"},
	} {
		if got := DateOf(instant.In(time.FixedZone(test.zone, test.hours*3600))).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.zone, got, test.want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":                          "",
		"30 February":                      "2026-02-30",
		"29 February of a common year":     "2025-02-29",
		"29 February of 1900":              "1900-02-29",
		"31 April":                         "2026-04-31",
		"day 0":                            "2026-01-00",
		"day 32":                           "2026-01-32",
		"month 0":                          "2026-00-10",
		"month 13":                         "2026-13-10",
		"the year 0":                       "0000-01-01",
		"no zeros":                         "2026-2-3",
		"short year":                       "26-02-03",
		"year of five digits":              "12026-01-01",
		"a clock":                          "2026-01-01T00:00:00Z",
		"a clock cut short":                "2026-01-01T",
		"a minus":                          "-026-01-01",
		"a plus":                           "+026-01-01",
		"a sign in the month":              "2026-+1-01",
		"a sign in the day":                "2026-01--1",
		"a space before":                   " 2026-01-01",
		"a space after":                    "2026-01-01 ",
		"spaces for zeros":                 "2026- 1- 1",
		"a space in the year":              "20 6-01-01",
		"a line break":                     "2026-01-0\n",
		"a NUL after":                      "2026-01-01\x00",
		"a NUL inside":                     "2026-01-0\x00",
		"too many digits in the day":       "2026-01-001",
		"a slash before the month":         "2026/01-01",
		"a slash after it":                 "2026-01/01",
		"slashes":                          "2026/01/01",
		"dots":                             "01.01.2026",
		"American":                         "01-31-2026",
		"no separators":                    "2026010101",
		"hexadecimal":                      "20AB-01-01",
		"an exponent":                      "1e03-01-01",
		"Arabic digits":                    "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661",
		"a digit of two bytes":             "2026-01-\u0661",
		"digits of two bytes, 10 in all":   "\u0662\u0660-\u0660-\u0661",
		"a hyphen that is not ASCII":       "2026\u201001-1",
		"a byte just above the digits":     "2026-01-0:",
		"a byte just below the digits":     "2026-01-0/",
		"bytes that are digits plus 128":   "2026-01-\xb0\xb1",
		"a separator missing, a day short": "2026-0101-",
	} {
		if d, err := ParseDate(s); !errors.Is(err, ErrDate) || d != 0 {
			t.Errorf("%s: ParseDate(%q) = %d, %v, want ErrDate", name, s, d, err)
		}
	}
}

func TestDateEdges(t *testing.T) {
	for s, want := range map[string]Date{
		"0001-01-01": 1, "0001-12-31": 365, "0004-02-29": 365*3 + 60, "9999-12-30": Forever - 1, "9999-12-31": Forever,
	} {
		if got, err := ParseDate(s); got != want || err != nil {
			t.Errorf("ParseDate(%s) = %d, %v, want %d", s, got, err, want)
		}
	}
	for d, want := range map[Date][2]string{ // String, LastDay
		0: {"", ""}, -1: {"", ""}, math.MinInt32: {"", ""},
		1: {"0001-01-01", "0001-01-01"}, Forever - 1: {"9999-12-30", "9999-12-30"}, Forever: {"9999-12-31", ""},
		math.MaxInt32: {"9999-12-31", "9999-12-31"},
	} {
		if got := [2]string{d.String(), d.LastDay()}; got != want {
			t.Errorf("day %d is written %q, want %q", d, got, want)
		}
		if d.Open() != (d == Forever) {
			t.Errorf("day %d: Open() = %t", d, d.Open())
		}
	}
	if got := string(day("2026-11-23").Append([]byte("on "))); got != "on 2026-11-23" {
		t.Errorf("Append gives %q", got)
	}
}

func TestDateYears(t *testing.T) {
	for _, test := range []struct {
		name, from string
		years      int
		want       string
	}{
		{"an ordinary day keeps its date", "2026-11-23", 3, "2029-11-23"},
		{"none", "2024-02-29", 0, "2024-02-29"},
		{"29 February to a common year", "2024-02-29", 1, "2025-02-28"},
		{"29 February to the next leap year", "2024-02-29", 4, "2028-02-29"},
		{"29 February back to a common year", "2024-02-29", -1, "2023-02-28"},
		{"29 February to 2100, a common year", "2096-02-29", 4, "2100-02-28"},
		{"29 February to 2400, a leap year", "2000-02-29", 400, "2400-02-29"},
		{"28 February stays in a leap year", "2023-02-28", 1, "2024-02-28"},
		{"1 March stays", "2023-03-01", 1, "2024-03-01"},
		{"not past the end", "9998-06-01", 5, "9999-06-01"},
		{"Forever stays", "9999-12-31", 5, "9999-12-31"},
		{"not before the beginning", "0003-06-01", -5, "0001-06-01"},
		{"29 February at the end", "9996-02-29", 3, "9999-02-28"},
	} {
		if got := day(test.from).Years(test.years).String(); got != test.want {
			t.Errorf("%s: %s and %d years is %s, want %s", test.name, test.from, test.years, got, test.want)
		}
	}
}

func TestDateMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-11-23", 0, "2026-11-23"},
		{"2026-11-23", 2, "2027-01-23"},
		{"2026-11-23", -11, "2025-12-23"},
		{"2026-01-31", -1, "2025-12-31"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2026-10-31", 1, "2026-11-30"},
		{"2026-11-23", -1200, "1926-11-23"},
		{"0001-02-01", -1, "0001-01-01"},
		{"0001-02-02", -2, "0001-01-01"},
		{"0001-01-01", -180, "0001-01-01"},
		{"9999-12-01", 0, "9999-12-01"},
		{"9999-12-01", 1, "9999-12-31"},
		{"2026-11-23", math.MaxInt, "9999-12-31"},
		{"2026-11-23", math.MinInt, "0001-01-01"},
	} {
		if got := day(c.from).Months(c.months); got != day(c.want) {
			t.Errorf("%d months from %s: %v, want %s", c.months, c.from, got, c.want)
		}
	}
}

func TestDateJSON(t *testing.T) {
	for _, test := range []struct {
		name string
		p    Period
		want string
	}{
		{"days", Period{day("2026-02-28"), day("2026-03-01")}, `{"first_day":"2026-02-28","last_day":"2026-03-01"}`},
		{"an open end is null", Period{1, Forever}, `{"first_day":"0001-01-01","last_day":null}`},
		{"what is not given is null", Period{}, `{"first_day":null,"last_day":null}`},
	} {
		if got, err := json.Marshal(test.p); string(got) != test.want || err != nil {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
		back := Period{0, test.p.Last} // null leaves what is there
		if err := json.Unmarshal([]byte(test.want), &back); back != test.p || err != nil {
			t.Errorf("%s: read back as %v, %v, want %v", test.name, back, err, test.p)
		}
	}
	for _, bad := range []string{`"2026-02-30"`, `""`, `20260101`, `"`, `true`, `{}`, `"2026-01-01`, `2026-01-01"`, ``, `x2026-01-01x`} {
		var d Date
		if err := d.UnmarshalJSON([]byte(bad)); !errors.Is(err, ErrDate) {
			t.Errorf("%s is read as %v, %v, want ErrDate", bad, d, err)
		}
	}
}

func TestDateSQL(t *testing.T) {
	for _, test := range []struct {
		name string
		v    any
		want Date
	}{
		{"NULL", nil, 0},
		{"text", "2024-02-29", day("2024-02-29")},
		{"bytes", []byte("9999-12-31"), Forever},
		{"a date", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), day("2024-02-29")},
		{"a date in its own zone", time.Date(2024, 2, 29, 0, 0, 0, 0, time.FixedZone("", 14*3600)), day("2024-02-29")},
	} {
		d := Date(7)
		if err := d.Scan(test.v); d != test.want || err != nil {
			t.Errorf("%s: Scan(%v) = %s, %v, want %s", test.name, test.v, d, err, test.want)
		}
	}
	for _, bad := range []any{"", "2026-02-30", "2026-01-01 00:00:00", []byte("infinity")} {
		if err := new(Date).Scan(bad); !errors.Is(err, ErrDate) {
			t.Errorf("Scan(%q) gives %v, want ErrDate", bad, err)
		}
	}
	for _, bad := range []any{int64(1), 1.5, true} {
		if err := new(Date).Scan(bad); err == nil {
			t.Errorf("Scan(%T) passes", bad)
		}
	}
	for d, want := range map[Date]any{0: nil, -5: nil, 1: "0001-01-01", Forever: "9999-12-31"} {
		if got, err := d.Value(); got != want || err != nil {
			t.Errorf("the SQL value of %d is %v, %v, want %v", d, got, err, want)
		}
	}
}

// ParseDate takes what package time takes, in exactly ten bytes and with a
// year from 1 to 9999, and nothing else.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "2025-02-29", "2026-02-30", "0000-01-01", "0001-01-01", "9999-12-31",
		"", "2026-1-1", "+026-01-01", "2026-01-01 ", "2026-01-01T00:00:00Z", "\uff12026-01-01", "2026-01-\u0661", "2026-01-0\x00", "1900-02-29", "2000-02-29"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := time.Parse(iso, s)
		valid := err == nil && len(s) == 10 && want.Year() >= 1 && want.Year() <= 9999
		got, err := ParseDate(s)
		switch {
		case !valid && (got != 0 || !errors.Is(err, ErrDate)):
			t.Errorf("ParseDate(%q) = %d, %v, want ErrDate", s, got, err)
		case valid && (err != nil || got.String() != s || got != DateOf(want)):
			t.Errorf("ParseDate(%q) = %s, %v", s, got, err)
		}
	})
}
