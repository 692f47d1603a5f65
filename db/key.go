package db

import (
	"strconv"
	"strings"

	"samband/models"
)

// mostMadeKey bounds a generated key, to leave room for a number after it.
const mostMadeKey = 80 // bytes; folded words are mostly ASCII

// madeKey joins the words of all parts with hyphens, up to mostMadeKey bytes.
func madeKey(parts ...string) string {
	var words []string
	for _, part := range parts {
		words = append(words, models.Words(part)...)
	}
	key := strings.Join(words, "-")
	if len(key) > mostMadeKey {
		key = strings.TrimSuffix(strings.ToValidUTF8(key[:mostMadeKey], ""), "-")
	}
	return key
}

// agencyKey returns a key like se-police.
func agencyKey(a models.Agency) string { return madeKey("", string(a.Country), string(a.Kind)) }

// officerKey returns a key like o-ase-lindqvist.
func officerKey(o models.Officer) string { return madeKey("o", o.Name) }

// postingKey returns a key like bangkok-se-police, or europol-fi-customs for a
// posting that a body hosts.
func postingKey(p models.Posting, sending models.Agency) string {
	place := p.HostCity
	if p.HostBody != "" {
		place = string(p.HostBody)
	}
	if len(models.Words(place)) == 0 {
		place = string(p.HostCountry)
	}
	return madeKey(place, string(sending.Country), string(sending.Kind))
}

// assignmentKey returns a key like a-bangkok-se-police-3 for an assignment to a
// posting, with the lowest free number.
func (tx *Tx) assignmentKey(p models.Posting) (string, error) {
	base := p.Key
	if len(base) > mostMadeKey {
		base = strings.ToValidUTF8(base[:mostMadeKey], "")
	}
	base = "a-" + base + "-"
	taken, err := numbersAfter[models.Assignment](tx, base)
	if err != nil {
		return "", err
	}
	n := 1
	for taken[n] {
		n++
	}
	return base + strconv.Itoa(n), nil
}

// freeKey returns base or, if it is taken, base with the lowest free number
// from 2: base-2. An empty base stays empty, for the rules to refuse.
func freeKey[T Record](tx *Tx, base string) (string, error) {
	if base == "" {
		return "", nil
	}
	taken, err := exists[T](tx.Reader, "key = ?", base)
	if err != nil || !taken {
		return base, err
	}
	numbers, err := numbersAfter[T](tx, base+"-")
	n := 2
	for numbers[n] {
		n++
	}
	return base + "-" + strconv.Itoa(n), err
}

// numbersAfter returns the positive numbers that follow base in existing keys.
func numbersAfter[T Record](tx *Tx, base string) (map[int]bool, error) {
	var keys []string
	err := rowsOf[T](tx.g).Select("key").Where("key >= ? AND key < ?", base, base+"\U0010FFFF").Scan(tx.ctx, &keys)
	numbers := map[int]bool{}
	for _, key := range keys {
		if n, bad := strconv.Atoi(strings.TrimPrefix(key, base)); bad == nil && n > 0 {
			numbers[n] = true
		}
	}
	return numbers, err
}
