package models

import (
	"maps"
	"slices"
	"strings"
)

// TrailActions returns the actions that rows of the trail name, in the order in
// which filters offer them.
func TrailActions() []string {
	return strings.Fields(`create update remove erase tie untie open export print send snooze wake take release attest unattest keep discard carry_out
		sign_in sign_out sign_in_throttled link reset set_password set_second_factor drop_second_factor use_recovery_code`)
}

// TrailNouns returns the nouns that rows of the trail are about, sorted.
func TrailNouns() []string { return slices.Sorted(maps.Keys(trailFields)) }

// trailEvents are the other fields of the trail, by noun: those told to all who
// may read the row, and those told to those who may see whom it is about.
var trailEvents = map[string]struct{ all, holder string }{
	"officer":     {all: "what", holder: "account_id"},
	"account":     {all: "how sessions"},
	"token":       {all: "account role expires"},
	"calendar":    {all: "account of sorts"},
	"mail":        {all: "account from to after until"},
	"attestation": {all: "day before posting"},
	"finding":     {all: "until", holder: "finding reason"},
	"plan":        {all: "steps", holder: "asked"},
	"view":        {all: "list shared", holder: "asked"},
	"file":        {all: "what rows profile filter import hash", holder: "asked"},
	"certificate": {all: "what hash on known rows filter", holder: "asked"},
	"page":        {all: "path filter address", holder: "asked elsewhere"},
}

// trailFields says of each noun to whom its fields are told.
var trailFields = func() map[string]map[string]Told {
	all := map[string]map[string]Told{}
	for _, n := range nouns {
		all[n.name] = tolds(n.record)
	}
	for noun, event := range trailEvents {
		if all[noun] == nil {
			all[noun] = map[string]Told{}
		}
		for names, to := range map[string]Told{event.all: ToAll, event.holder: ToHolder} {
			for name := range strings.FieldsSeq(names) {
				all[noun][name] = to
			}
		}
	}
	return all
}()

// Tells returns to whom the trail tells a field of a noun: to nobody if it does
// not know the noun or the field.
func Tells(noun, field string) Told { return trailFields[noun][field] }

// TrailFields returns the fields of a noun that the trail knows, sorted.
func TrailFields(noun string) []string { return slices.Sorted(maps.Keys(trailFields[noun])) }
