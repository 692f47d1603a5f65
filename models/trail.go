package models

import (
	"maps"
	"slices"
	"strings"
)

// TrailActions returns what rows of the trail say was done, in the order in
// which they are offered.
func TrailActions() []string {
	return strings.Fields(`create update remove erase tie untie open export print snooze wake attest unattest keep discard carry_out
		sign_in sign_out sign_in_throttled link reset set_password set_second_factor drop_second_factor use_recovery_code`)
}

// TrailNouns returns what rows of the trail are about.
func TrailNouns() []string { return slices.Sorted(maps.Keys(trailFields)) }

// A Telling is to whom a field of a row of the trail is told.
type Telling int

// The tellings. What nobody has decided on is told to nobody.
const (
	ToNobody Telling = iota
	ToSeers          // to those who may see whom the row is about
	ToAll            // who may read the row
)

// trailFields are all fields of each noun that the trail holds, by whom they
// are told to. Those of nobody are named so that it shows that they are meant.
var trailFields = map[string]struct{ all, seers, nobody string }{
	"agency":        {all: "key country kind name name_en acronym first_day last_day"},
	"officer":       {all: "agency_id masked", seers: "key name rank languages note account_id", nobody: "email phone"},
	"posting":       {all: "agency_id host_country host_city host_organisation opened closed restricted representations coverages suspensions", seers: "key note"},
	"assignment":    {all: "posting_id first_day last_day planned_last_day", seers: "key officer_id end_reason note"},
	"contact_point": {all: "state matter name phone email hours"},
	"account":       {all: "email rights disabled demo how sessions", nobody: "issuer subject"},
	"token":         {all: "account role expires"},
	"attestation":   {all: "day before posting"},
	"finding":       {all: "until", seers: "finding reason"},
	"plan":          {all: "steps", seers: "asked"},
	"file":          {all: "what rows profile filter", seers: "asked"},
	"page":          {all: "path filter address", seers: "asked elsewhere"},
}

var tellings = func() map[[2]string]Telling {
	all := map[[2]string]Telling{}
	for noun, f := range trailFields {
		for names, to := range map[string]Telling{f.all: ToAll, f.seers: ToSeers} {
			for name := range strings.FieldsSeq(names) {
				all[[2]string{noun, name}] = to
			}
		}
	}
	return all
}()

// Tells returns to whom a field of a noun is told. Of nouns and fields that it
// does not know, nothing is told.
func Tells(noun, field string) Telling { return tellings[[2]string{noun, field}] }

// TrailFields returns all fields of a noun that somebody has decided on.
func TrailFields(noun string) []string {
	f := trailFields[noun]
	return strings.Fields(f.all + " " + f.seers + " " + f.nobody)
}
