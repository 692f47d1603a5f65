// SQL by hand: these are ends of the queries of WithParts.

package db

import "samband/models"

// Absent returns the assignments that have absences, with these, by key.
func Absent(r Reader) ([]*models.Assignment, error) {
	return WithParts[models.Assignment](r, "WHERE id IN (SELECT assignment_id FROM absences)")
}

// StandIns returns the assignments that stand in for others, by key.
func StandIns(r Reader) ([]*models.Assignment, error) {
	return WithParts[models.Assignment](r, "WHERE id IN (SELECT stand_in_id FROM absences)")
}

// absences returns those assignments that have absences, with these alone, by ID.
func (r Reader) absences(hanging string, args []any) (map[int64]models.Assignment, error) {
	of := "WHERE id IN (SELECT assignment_id FROM absences)"
	if hanging != "" {
		of = hanging + " AND id IN (SELECT assignment_id FROM absences)"
	}
	away, err := WithParts[models.Assignment](r, of, args...)
	all := make(map[int64]models.Assignment, len(away))
	for _, a := range away {
		all[a.ID] = *a
	}
	return all, err
}
