package db

import (
	"strconv"
	"strings"

	"gorm.io/gorm"

	"samband/models"
)

// mostMadeKey bounds a key that is made, so that a number fits behind it.
const mostMadeKey = 80 // bytes; folded words are mostly ASCII

// madeKey joins the words of the parts with hyphens.
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

// postingKey returns a key like bangkok-se-police, or europol-fi-customs at an
// organisation.
func postingKey(p models.Posting, sending models.Agency) string {
	place := p.HostCity
	if p.HostOrganisation != "" {
		place = string(p.HostOrganisation)
	}
	if len(models.Words(place)) == 0 {
		place = string(p.HostCountry)
	}
	return madeKey(place, string(sending.Country), string(sending.Kind))
}

// assignmentKey returns a key like a-bangkok-se-police-3 for the next
// assignment to a posting.
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

// freeKey returns base, or base-2, base-3 and so on if it is taken. An empty
// base stays empty, for the rules to refuse.
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

// numbersAfter returns the numbers that follow base in keys.
func numbersAfter[T Record](tx *Tx, base string) (map[int]bool, error) {
	var keys []string
	err := gorm.G[T](tx.g).Select("key").Where("key >= ? AND key < ?", base, base+"\U0010FFFF").Scan(tx.ctx, &keys)
	numbers := map[int]bool{}
	for _, key := range keys {
		if n, bad := strconv.Atoi(strings.TrimPrefix(key, base)); bad == nil && n > 0 {
			numbers[n] = true
		}
	}
	return numbers, err
}
