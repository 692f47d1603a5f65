package views

import (
	"net/url"
	"strconv"
	"strings"

	"samband/models"
)

// Values is what the plain fields of a record's form hold, as typed, to be shown
// again if the form is refused. Fields have their names in files.
type Values map[string]string

// Take takes what a form has sent.
func (v *Values) Take(form url.Values) {
	*v = Values{}
	for name := range form {
		(*v)[name] = form.Get(name)
	}
	if ticked := form[areas]; len(ticked) > 0 {
		(*v)[areas] = strings.Join(ticked, " ")
	}
}

// areas is the field of areas, of which several can be ticked.
const areas = "areas"

// Get returns what a field holds, and Yes reports whether it is ticked.
func (v Values) Get(name string) string { return v[name] }

func (v Values) Yes(name string) bool {
	var yes bool
	return models.SetText(&yes, models.InFiles{}, v[name]) == nil && yes
}

func itoa(n int) string { return strconv.Itoa(n) }
