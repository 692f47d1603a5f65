package db

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"weak"

	"samband/models"
)

// finders keeps the finders of the directories that are in use.
type finders struct {
	mu   sync.Mutex
	kept map[weak.Pointer[models.Directory]]*keptFinder
}

// A keptFinder is a finder of a directory and a day, made when first asked for.
type keptFinder struct {
	once sync.Once
	from models.Date
	*finder
}

// of returns the finder of a directory, in which postings are found by those who hold
// them from a day on.
func (k *finders) of(d *models.Directory, from models.Date) *finder {
	at := weak.Make(d)
	k.mu.Lock()
	one := k.kept[at]
	if one == nil || one.from != from {
		for old := range k.kept {
			if old.Value() == nil {
				delete(k.kept, old)
			}
		}
		if k.kept == nil {
			k.kept = map[weak.Pointer[models.Directory]]*keptFinder{}
		}
		one = &keptFinder{from: from}
		k.kept[at] = one
	}
	k.mu.Unlock()
	one.once.Do(func() { one.finder = newFinder(d, from) })
	return one.finder
}

// newFinder makes the finder of a directory.
func newFinder(d *models.Directory, from models.Date) *finder {
	b := &finderBuilder{byWord: map[string][]int32{}}
	b.places(d)
	for _, o := range d.Bodies() {
		b.add(Found{Noun: "body", ID: o.ID}, o.Name, bodyNames(*o))
	}
	for _, p := range d.Posts() {
		b.add(Found{Noun: "posting", ID: p.ID}, cmp.Or(p.HostCity, p.HostCountry.Name("en")), postingNames(d, p, from))
	}
	for _, o := range d.Officers() {
		if o.Name != "" && o.ID > 0 {
			own := d.Agency(o.AgencyID)
			b.add(Found{Noun: "officer", ID: o.ID}, o.Name, o.Name+" "+o.Key+" "+string(own.Country)+" "+own.Acronym)
		}
	}
	for _, a := range d.Agencies() {
		b.add(Found{Noun: "agency", ID: a.ID}, string(a.Country)+a.Name, agencyNames(a))
	}
	for _, c := range d.ContactPoints() {
		b.add(Found{Noun: "contact_point", ID: c.ID}, string(c.State)+c.Name, c.Name+" "+string(c.State)+" "+countryNames(models.Country(c.State)))
	}
	for _, p := range d.Projects() {
		b.add(Found{Noun: "project", ID: p.ID}, p.Title, p.Title+" "+p.Key)
	}
	return b.finder()
}

// countryNames returns the names of a country that people search by.
func countryNames(c models.Country) string { return strings.Join(c.Names(), " ") }

func bodyNames(b models.Body) string {
	all := []string{string(b.Key), b.Name, b.NameEn, b.Acronym}
	for _, n := range b.Names {
		all = append(all, n.Name, n.NameEn, n.Acronym)
	}
	return strings.Join(all, " ")
}

func agencyNames(a models.Agency) string {
	all := []string{a.Key, string(a.Country), a.Name, a.NameEn, a.Acronym, string(a.Kind), countryNames(models.Country(a.Country))}
	for _, n := range a.Names {
		all = append(all, n.Name, n.NameEn, n.Acronym)
	}
	return strings.Join(all, " ")
}

// postingNames returns what a posting is found by: its key, place and agency, and
// the names of those who hold it from a day on.
func postingNames(d *models.Directory, p *models.Post, from models.Date) string {
	sending := d.Sending(p)
	all := []string{p.Key, strings.Join(models.City{Name: p.HostCity, Country: p.HostCountry}.Names(), " "), string(sending.Country), string(sending.Kind), sending.Name, sending.Acronym}
	if p.Body != nil {
		all = append(all, bodyNames(*p.Body))
	} else {
		all = append(all, countryNames(p.HostCountry))
	}
	for _, a := range p.Assignments {
		if a.Last >= from {
			all = append(all, d.Officer(a.OfficerID).Name)
		}
	}
	return strings.Join(all, " ")
}

// A finderBuilder collects things and their words.
type finderBuilder struct {
	things []titled
	byWord map[string][]int32
}

// A titled is a thing with what it is sorted by and the words that it is found by.
type titled struct {
	Found
	sort, words string
}

func (b *finderBuilder) add(f Found, sort, words string) {
	b.things = append(b.things, titled{f, models.Fold(sort), words})
}

// places adds all countries, the cities of postings, and those that are known beside.
func (b *finderBuilder) places(d *models.Directory) {
	for _, c := range models.Countries() {
		b.add(Found{Noun: FindCountry, Country: c}, c.Name("en"), string(c)+" "+countryNames(c))
	}
	cities, there := d.Cities(), map[models.City]bool{}
	for _, c := range cities {
		there[models.City{Name: models.Fold(c.Name), Country: c.Country}] = true
	}
	for _, c := range models.KnownCities() {
		if !slices.ContainsFunc(c.Names(), func(name string) bool { return there[models.City{Name: models.Fold(name), Country: c.Country}] }) {
			cities = append(cities, c)
		}
	}
	for _, c := range cities {
		b.add(Found{Noun: FindCity, Country: c.Country, City: c.Name}, c.Name, strings.Join(c.Names(), " "))
	}
}

// finder sorts what has been added, and indexes it by word.
func (b *finderBuilder) finder() *finder {
	slices.SortFunc(b.things, func(x, y titled) int {
		return cmp.Or(cmp.Compare(slices.Index(findOrder, x.Noun), slices.Index(findOrder, y.Noun)), strings.Compare(x.sort, y.sort), cmp.Compare(x.ID, y.ID))
	})
	f := &finder{all: make([]thing, len(b.things))}
	for i, one := range b.things {
		f.all[i].Found = one.Found
		for _, word := range models.SearchWords(one.words) {
			b.byWord[word] = append(b.byWord[word], int32(i))
		}
	}
	f.words = make([]string, 0, len(b.byWord))
	for word := range b.byWord {
		f.words = append(f.words, word)
	}
	slices.Sort(f.words)
	f.in = make([][]int32, len(f.words))
	for at, word := range f.words {
		f.in[at] = b.byWord[word]
		for _, i := range f.in[at] {
			f.all[i].words = append(f.all[i].words, int32(at))
		}
	}
	return f
}
