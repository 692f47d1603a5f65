package models

import (
	"slices"
	"strings"
	"testing"
)

func TestBodyRefused(t *testing.T) {
	valid := Body{ID: 1, Key: "bstf", Kind: Committee, Name: "BSTF", HqCountry: "SE", HqCity: "Visby", Founded: day("1996-05-04"), Ended: day("2022-12-31"),
		MandateUntil: day("2020-12-31"), Areas: "narcotics vehicle_crime",
		Names:   []BodyName{{Name: "Task Force", Period: days("1996-05-04/1999-12-31")}},
		Members: []BodyMember{{Country: "SE", Role: FullMember, Period: days("1996-05-04/")}, {Country: "org:europol", Role: Observer, Period: days("2010-01-01/")}},
		Chairs:  []Chair{{Country: "DE", Period: days("2019-01-01/2020-12-31")}, {Country: "PL", Period: days("2019-01-01/2020-12-31")}}}
	all := refusals[Body]{
		{"without a key", func(b *Body) { b.Key = "" }, "key: problem.required"},
		{"with a capital in its key", func(b *Body) { b.Key = "BSTF" }, "key: problem.body_key"},
		{"with a space in its key", func(b *Body) { b.Key = "b stf" }, "key: problem.body_key"},
		{"with a long key", func(b *Body) { b.Key = BodyKey(strings.Repeat("a", 101)) }, "key: problem.body_key"},
		{"that is its own parent", func(b *Body) { b.Parent = "bstf" }, "parent: problem.own_ancestor"},
		{"with a parent", func(b *Body) { b.Parent = "cbss" }, ""},
		{"of no kind", func(b *Body) { b.Kind = "" }, "kind: problem.body_kind"},
		{"of an unknown kind", func(b *Body) { b.Kind = "club" }, "kind: problem.body_kind"},
		{"in an unknown country", func(b *Body) { b.HqCountry = "QQ" }, "hq_country: problem.country"},
		{"in a city of no country", func(b *Body) { b.HqCountry = "" }, "hq_country: problem.required"},
		{"without headquarters", func(b *Body) { b.HqCountry, b.HqCity = "", "" }, ""},
		{"ended before it was founded", func(b *Body) { b.Ended = b.Founded - 1 }, "ended: problem.order"},
		{"with a mandate that ended before", func(b *Body) { b.MandateUntil = b.Founded - 1 }, "mandate_until: problem.order"},
		{"without a mandate", func(b *Body) { b.MandateUntil = 0 }, ""},
		{"about an unknown subject", func(b *Body) { b.Areas = "narcotics fishing" }, "areas: problem.area"},
		{"about one twice", func(b *Body) { b.Areas = "narcotics narcotics" }, "areas: problem.area_twice"},

		{"with a former name that has no end", func(b *Body) { b.Names[0].Last = Forever }, "body_names.last_day[0]: problem.required"},
		{"with a former name that says nothing", func(b *Body) { b.Names[0].Name = "" }, "body_names.name[0]: problem.required"},
		{"with two names on a day", func(b *Body) { b.Names = append(b.Names, BodyName{Name: "x", Period: days("1999-12-31/2001-01-01")}) }, "body_names.first_day[1]: problem.called_twice"},
		{"with a name since nobody knows when", func(b *Body) { b.Names[0].First = 0 }, ""},

		{"of a member that is no country", func(b *Body) { b.Members[0].Country = "QQ" }, "body_members.country[0]: problem.party"},
		{"of itself", func(b *Body) { b.Members[1].Country = "org:bstf" }, "body_members.country[1]: problem.party"},
		{"of an unknown membership", func(b *Body) { b.Members[1].Role = "friend" }, "body_members.role[1]: problem.membership"},
		{"of a member twice on a day", func(b *Body) {
			b.Members = append(b.Members, BodyMember{Country: "SE", Role: Observer, Period: days("2022-12-31/")})
		}, "body_members.country[2]: problem.member_twice"},
		{"of a member that came back the day after", func(b *Body) {
			b.Members[0].Last = day("2004-06-30")
			b.Members = append(b.Members, BodyMember{Country: "SE", Role: Observer, Period: days("2004-07-01/")})
		}, ""},
		{"of a member before it was founded", func(b *Body) { b.Members[0].First-- }, "body_members.first_day[0]: problem.outside_days"},
		{"of a member since nobody knows when", func(b *Body) { b.Members[0].First = 0 }, ""},
		{"of a member after it ended", func(b *Body) { b.Members[0].Last = b.Ended + 1 }, "body_members.first_day[0]: problem.outside_days"},
		{"of a member until before it came", func(b *Body) { b.Members[0].Last = b.Members[0].First - 1 }, "body_members.last_day[0]: problem.order"},
		{"led by nobody known", func(b *Body) { b.Chairs[0].Country = "org:" }, "chairs.country[0]: problem.party"},
		{"led by one twice on a day", func(b *Body) { b.Chairs[1].Country = "DE" }, "chairs.country[1]: problem.chair_twice"},
		{"led after it ended", func(b *Body) { b.Chairs[1].Period = days("2023-01-01/2023-12-31") }, "chairs.first_day[1]: problem.outside_days"},
	}
	for i, change := range all { // of lists of its own
		all[i].change = func(b *Body) {
			b.Names, b.Members, b.Chairs = slices.Clone(b.Names), slices.Clone(b.Members), slices.Clone(b.Chairs)
			change.change(b)
		}
	}
	all.run(t, valid, CheckBody)
	b := valid
	b.Founded = 0
	b.Members = []BodyMember{{Country: "SE", Role: FullMember, Period: days("1950-01-01/")}}
	if ps := CheckBody(b); len(ps) > 0 {
		t.Errorf("a founding day that nobody knows bounds: %v", ps)
	}
	b.Members = make([]BodyMember, 1001)
	if got := put(CheckBody(b)); got != "body_members: problem.rows" {
		t.Errorf("1001 members: %q", got)
	}
}

func TestAncestors(t *testing.T) {
	for _, test := range []struct{ name, parents, want string }{
		{"none", "", ""},
		{"a line", "a:b b:c", "b c"},
		{"its own parent", "a:a", "a"},
		{"its own grandparent", "a:b b:a", "b a"},
		{"others go round", "a:b b:c c:b", "b c b"},
	} {
		parents := map[BodyKey]BodyKey{}
		for pair := range strings.FieldsSeq(test.parents) {
			of, to, _ := strings.Cut(pair, ":")
			parents[BodyKey(of)] = BodyKey(to)
		}
		var got []string
		for _, k := range Ancestors("a", func(k BodyKey) BodyKey { return parents[k] }) {
			got = append(got, string(k))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// RKP became NOA in 2015: the past shows the name of its day.
func TestRenamed(t *testing.T) {
	a := Agency{ID: 3, Name: "Rikskriminalpolisen", NameEn: "National Criminal Police", Acronym: "RKP", Period: days("1998-01-01/")}
	was := a
	a = a.Renamed(day("2015-01-01"), "Nationella operativa avdelningen", "Department of National Operations", "NOA").Renamed(day("2025-01-01"), "x", "", "X")
	b := Body{ID: 4, Name: "Grupp", Acronym: "G", Ended: Forever}
	b = b.Renamed(day("2015-01-01"), "Kommitté", "Committee", "K").Renamed(day("2025-01-01"), "Styrelse", "", "")
	for on, want := range map[string][2]string{"1998-01-01": {"RKP", "G"}, "2014-12-31": {"RKP", "G"}, "2015-01-01": {"NOA", "K"}, "2024-12-31": {"NOA", "K"}, "2025-01-01": {"X", ""}, "2030-01-01": {"X", ""}} {
		if got := a.On(day(on)); got.Acronym != want[0] || got.ID != 3 {
			t.Errorf("on %s the agency is %q, want %q", on, got.Acronym, want[0])
		}
		if got := b.On(day(on)); got.Acronym != want[1] || got.ID != 4 {
			t.Errorf("on %s the body is %q, want %q", on, got.Acronym, want[1])
		}
	}
	if on := a.On(day("2020-01-01")); on.NameEn != "Department of National Operations" || len(was.Names) != 0 || was.Acronym != "RKP" {
		t.Errorf("in 2020 it is %+v, and it was %+v", on, was)
	}
	if ps := CheckAgency(Agency{Key: "k", Country: Sweden, Kind: PoliceAgency, Name: "n", Period: a.Period, Names: a.Names}); len(ps) > 0 {
		t.Errorf("the former names are refused: %v", ps)
	}
}

// DE led BSTF jointly with PL from 2019, after LV: so each of the two is asked.
func TestChairs(t *testing.T) {
	b := Body{Ended: day("2022-12-31"), Chairs: []Chair{{Country: "PL", Period: days("2019-01-01/")}, {Country: "LV", Period: days("2017-01-01/2018-12-31")},
		{Country: "DE", Period: days("2019-01-01/2020-12-31")}, {Country: "RU", Period: days("2015-01-01/2016-12-31")}, {Country: "SE", Period: days("2023-01-01/")}}}
	names := func(all []Chair) string {
		var names []string
		for _, c := range all {
			names = append(names, string(c.Country))
		}
		return strings.Join(names, " ")
	}
	for _, test := range []struct{ on, now, next string }{
		{"2014-12-31", "", "RU"}, {"2015-01-01", "RU", "LV"}, {"2018-12-31", "LV", "PL DE"}, {"2019-01-01", "PL DE", ""}, {"2021-01-01", "PL", ""}, {"2023-01-01", "", ""},
	} {
		if now, next := names(b.ChairsOn(day(test.on))), names(b.NextChairs(day(test.on))); now != test.now || next != test.next {
			t.Errorf("on %s %q lead, and then %q, want %q and %q", test.on, now, next, test.now, test.next)
		}
	}
}

// A member that left is none from the day after.
func TestMembers(t *testing.T) {
	b := Body{Founded: day("1996-05-04"), Ended: day("2022-12-31"), Members: []BodyMember{
		{Country: "SE", Role: FullMember, Period: Period{0, Forever}}, {Country: "RU", Role: FullMember, Period: days("1996-05-04/2022-03-02")}, {Country: "org:europol", Role: Observer, Period: days("2010-01-01/")}}}
	for on, want := range map[string]string{"1996-05-03": "", "1996-05-04": "SE RU", "2022-03-02": "SE RU org:europol", "2022-03-03": "SE org:europol", "2023-01-01": ""} {
		var got []string
		for _, m := range b.MembersOn(day(on)) {
			got = append(got, string(m.Country))
			if b.IsMember(m.Country, day(on)) != (m.Role == FullMember) {
				t.Errorf("%s is a full member on %s: %t", m.Country, on, m.Role != FullMember)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on %s %q take part, want %q", on, got, want)
		}
	}
	if b.IsMember("RU", day("2022-03-03")) || b.IsMember("SE", day("2023-01-01")) {
		t.Error("one that left, or of a body that has ended, is a member")
	}
}

func TestBodiesNamed(t *testing.T) {
	w := newWorld()
	b := w.meets("opc", Committee)
	b.Name, b.NameEn, b.Acronym = "Operativa kommittén", "Operative Committee", "OPC"
	b = w.meets("bstf", Board)
	b.Name, b.Parent = "Aktionsgruppen mot organiserad brottslighet i Östersjöregionen / Baltic Sea Task Force", "cbss"
	b.Names = []BodyName{{Name: "Visbygruppen / Visby Group of Eleven", Acronym: "VG", Period: days("1996-05-04/1999-12-31")}}
	w.meets("ostersjo-2", WorkingGroup).Name = "Arbetsgrupp Østersjøen"
	d := w.directory()
	for text, want := range map[string]string{
		"Operativa kommittén":    "opc",
		"operativa KOMMITTEN":    "opc",
		"opc":                    "opc",
		"operative committee":    "opc",
		"kommit":                 "opc",
		"oper komm":              "opc",
		"comm op":                "opc",
		"mmittén":                "",
		"ostersjo":               "bstf ostersjo-2",
		"oestersjoe":             "bstf ostersjo-2",
		"Östersjö":               "bstf ostersjo-2",
		"arbetsgrupp oestersjon": "", // Østersjøen ends with en
		"ostersjo 2":             "ostersjo-2",
		"baltic sea task force":  "bstf",
		"visbygruppen":           "bstf",
		"vg":                     "bstf",
		"Visby group of eleven":  "bstf",
		"europol x":              "",
		"EUROPOL":                "europol",
		"interpol":               "interpol-lyon interpol-singapore",
		"":                       "",
		" -":                     "",
	} {
		var got []string
		for _, b := range d.BodiesNamed(text) {
			got = append(got, string(b.Key))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	if all := d.Children("cbss"); len(all) != 1 || all[0].Key != "bstf" || len(d.Children("")) != len(d.Bodies())-1 || d.Body("ptn") != nil {
		t.Errorf("of cbss there are %v", all)
	}
	if !slices.IsSortedFunc(d.Bodies(), func(a, b *Body) int { return strings.Compare(string(a.Key), string(b.Key)) }) {
		t.Error("bodies are not in the order of their keys")
	}
}
