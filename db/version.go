package db

import (
	"samband/db/trail"
)

// mostVersions is how many changes of a record are looked at for one of its versions.
const mostVersions = 1000

// AsOfVersion returns a record as it was at a version, by the trail. It is nil if the
// trail does not have that any longer, because something of it has been erased.
func AsOfVersion[T Record](r Reader, id int64, version int) (*T, error) {
	rows, err := rowsOf[trail.Row](r.g).Where("noun = ? AND record_id = ? AND action IN ?", kindOf[T]().noun, id, holding).
		Order("id DESC").Limit(mostVersions).Find(r.ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.New == nil || erased(row.New, row.Salt) {
			continue
		}
		was, err := decode[T](*row.New, row.NewPersonal)
		if err != nil {
			return nil, err
		}
		if *Version(was) == version {
			return was, nil
		}
	}
	return nil, nil
}
